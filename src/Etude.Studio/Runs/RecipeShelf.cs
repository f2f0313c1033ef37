using Etude.Corpora;
using Etude.Recipes;
using Etude.Studio.Hosting;

namespace Etude.Studio.Runs;

/// <summary>The recipes to train by.</summary>
internal sealed class RecipeShelf(StudioOptions options)
{
    public IReadOnlyList<RecipeView> List() =>
        [.. Files().Select(TryLoad).OfType<Recipe>().Select(recipe => new RecipeView(recipe.Name, recipe.Description, recipe.Training.Epochs))];

    /// <summary>A recipe by name, made fit for any music: split by chance where it names a list of its own pieces.</summary>
    /// <exception cref="StudioFault">There is no such recipe.</exception>
    public Recipe Find(string name)
    {
        Recipe recipe = Files().Where(file => Path.GetFileNameWithoutExtension(file) == name).Select(TryLoad).FirstOrDefault()
            ?? throw StudioFault.NotFound($"There is no recipe named {name}.");
        return recipe with { Corpus = recipe.Corpus with { Select = [], Exclude = [], Split = new SplitOptions() } };
    }

    private IEnumerable<string> Files() =>
        Directory.Exists(options.Recipes) ? Directory.EnumerateFiles(options.Recipes, "*.json").Order(StringComparer.Ordinal) : [];

    private static Recipe? TryLoad(string file)
    {
        try
        {
            return Recipe.Load(file) with { Name = Path.GetFileNameWithoutExtension(file) };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
