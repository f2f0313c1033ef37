using Etude.Corpora;
using Etude.Models;
using Etude.Recipes;

namespace Etude.Tests.Recipes;

public sealed class RecipeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etude-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saved_elsewhere_it_still_finds_the_lists_that_lay_beside_it()
    {
        string first = Directory.CreateDirectory(Path.Combine(_folder, "recipes")).FullName;
        string run = Directory.CreateDirectory(Path.Combine(_folder, "run")).FullName;
        File.WriteAllText(Path.Combine(first, "some.train.txt"), "a.mid\n");
        File.WriteAllText(
            Path.Combine(first, "some.json"),
            """{ "corpus": { "split": { "by": "list", "trainingList": "some.train.txt", "validationList": "valid.txt" } } }""");

        Recipe.Load(Path.Combine(first, "some.json")).SaveTo(run);
        Directory.Delete(first, recursive: true);
        SplitOptions split = Recipe.Load(Path.Combine(run, "recipe.json")).ResolveCorpus().Split;

        Assert.Equal("a.mid\n", File.ReadAllText(split.TrainingList!));
        Assert.Equal("valid.txt", split.ValidationList); // not beside the recipe: sought in the corpus folder
    }

    [Fact]
    public void What_follows_from_a_setting_is_not_saved_beside_it()
    {
        var recipe = new Recipe { Name = "timed", Network = new NetworkOptions { Layers = [new TransformerOptions(1, 1) { Timed = true }] } };
        recipe.SaveTo(_folder);
        string text = File.ReadAllText(Path.Combine(_folder, "recipe.json"));
        Assert.Contains("timed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("needsTimes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_setting_is_named_with_its_line()
    {
        string path = Path.Combine(_folder, "wrong.json");
        File.WriteAllText(path, "{\n  \"training\": { \"epoch\": 3 }\n}");
        var fault = Assert.Throws<FormatException>(() => Recipe.Load(path));
        Assert.Contains("line 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("epoch", fault.Message, StringComparison.Ordinal);
    }
}
