using System.Diagnostics.CodeAnalysis;
using Etude.Composing;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Recipes;

namespace Etude.Studio.Models;

/// <summary>
/// The built-in model, and of each run the best model, by the run's name; a kept epoch is named "run/epoch-0005".
/// A model is loaded when it is first wanted, and the few used last stay in memory.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "made by the service container")]
internal sealed class ModelShelf(StudioOptions options) : IModelShelf
{
    /// <summary>The name of the model that came with the studio.</summary>
    public const string BuiltIn = "built-in";

    private const int LoadedAtMost = 4;

    private readonly Lock gate = new();
    private readonly List<Loaded> loaded = []; // the one used last at the end

    public IReadOnlyList<ModelSummary> List()
    {
        List<ModelSummary> found = [];
        if (Summarize(BuiltIn, Composer.BuiltInModel) is { } builtIn) found.Add(builtIn);
        if (!Directory.Exists(options.Runs)) return found;
        foreach (string run in Directory.EnumerateDirectories(options.Runs).Order(StringComparer.Ordinal))
        {
            if (Best(run) is { } folder && Summarize(Path.GetFileName(run), folder) is { } summary) found.Add(summary);
        }
        return found;
    }

    public bool Has(string model) => FolderOf(model) is not null;

    public Composition Compose(string model, ComposeOptions options, IProgress<CompositionProgress> progress, CancellationToken cancellation)
    {
        string folder = FolderOf(model) ?? throw new KeyNotFoundException($"There is no model named {model} any more.");
        return Load(folder).Compose(options, progress, cancellation);
    }

    // Names are looked up among what is there, never joined to a path, so that none can lead elsewhere.
    private string? FolderOf(string model)
    {
        if (model == BuiltIn) return HasWeights(Composer.BuiltInModel) ? Composer.BuiltInModel : null;
        if (!Directory.Exists(options.Runs)) return null;
        string[] parts = model.Split('/');
        string? run = Directory.EnumerateDirectories(options.Runs).FirstOrDefault(folder => Path.GetFileName(folder) == parts[0]);
        if (run is null || parts.Length > 2) return null;
        return parts.Length == 1 ? Best(run) : KeptModels(run).FirstOrDefault(folder => Path.GetFileName(folder) == parts[1]);
    }

    private Composer Load(string folder)
    {
        DateTime written = File.GetLastWriteTimeUtc(WeightsOf(folder));
        lock (gate)
        {
            Loaded? known = loaded.Find(model => model.Folder == folder && model.Written == written);
            loaded.RemoveAll(model => model.Folder == folder);
            known ??= new Loaded(folder, written, new Lazy<Composer>(() => Composer.Load(folder)));
            loaded.Add(known);
            if (loaded.Count > LoadedAtMost) loaded.RemoveAt(0);
            return known.Composer.Value;
        }
    }

    private static ModelSummary? Summarize(string name, string folder)
    {
        try
        {
            if (!HasWeights(folder)) return null;
            Recipe recipe = Recipe.Load(Path.Combine(folder, "config.json"));
            LatentSpace? latents = recipe.Network is AutoencoderOptions ? LatentSpace.Read(folder) : null;
            return new ModelSummary(name, recipe.Description, recipe.Representation.Scheme, ModelControls.Of(recipe),
                recipe.Representation is SheetOptions { Styles.Length: > 0 } sheets ? [.. sheets.Styles.Select(style => style.Name)] : null, latents is null ? null : LatentSlider.Of(latents));
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            return null; // a folder that is being written, or of another make
        }
    }

    private static string? Best(string run)
    {
        try
        {
            return RunFolder.FindModel(run);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<string> KeptModels(string run)
    {
        string models = Path.Combine(run, RunFolder.Models);
        return Directory.Exists(models) ? Directory.EnumerateDirectories(models).Where(HasWeights) : [];
    }

    private static bool HasWeights(string folder) => File.Exists(WeightsOf(folder));

    private static string WeightsOf(string folder) => Path.Combine(folder, "model.safetensors");

    private sealed record Loaded(string Folder, DateTime Written, Lazy<Composer> Composer);
}
