using System.Text.Json;
using System.Text.Json.Serialization;
using Etude.Corpora;
using Etude.Models;
using Etude.Music.Representations;

namespace Etude.Recipes;

/// <summary>
/// What to train: the whole of it, in one JSON file. Every part has defaults, so that a recipe states only what makes
/// it itself.
/// </summary>
public sealed record Recipe
{
    /// <summary>Its name: that of its file, without the extension.</summary>
    public string Name { get; init; } = "";

    /// <summary>One or two sentences on what it is and where it comes from.</summary>
    public string Description { get; init; } = "";

    /// <summary>Which pieces are learned from, and how they are divided.</summary>
    public CorpusOptions Corpus { get; init; } = new();

    /// <summary>The representation: its <c>scheme</c>, and that scheme's own settings beside it.</summary>
    public RepresentationOptions Representation { get; init; } = new NoteDurationOptions();

    /// <summary>The network.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>What training makes small.</summary>
    public ObjectiveSettings Objective { get; init; } = new();

    /// <summary>How its weights are moved.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes.</summary>
    public ScheduleSettings Schedule { get; init; } = new();

    /// <summary>How long, and over what stretches.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>Where it was read from: list files of the split are sought there first. Empty for one made in a program.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary><see cref="Corpus"/> with the list files that lie beside the recipe named by their full paths.</summary>
    public CorpusOptions ResolveCorpus()
    {
        SplitOptions split = Corpus.Split;
        return Corpus with
        {
            Split = split with
            {
                TrainingList = Beside(split.TrainingList),
                ValidationList = Beside(split.ValidationList),
                TestList = Beside(split.TestList),
            },
        };

        string? Beside(string? list) =>
            list is not null && File.Exists(Path.Combine(Folder, list)) ? Path.Combine(Folder, list) : list;
    }

    /// <summary>Reads a recipe file.</summary>
    /// <exception cref="FormatException">The file is not a recipe; the message names the file, the place and the fault.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static Recipe Load(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} is not there. Name a recipe, such as those in recipes/, or a run that 'etude train' made.", path);
        try
        {
            Recipe recipe = JsonSerializer.Deserialize<Recipe>(File.ReadAllText(path), RecipeJson.Options)
                ?? throw new JsonException("The file holds null.");
            return recipe with
            {
                Name = recipe.Name.Length > 0 ? recipe.Name : Path.GetFileNameWithoutExtension(path),
                Folder = Path.GetDirectoryName(Path.GetFullPath(path))!,
            };
        }
        catch (JsonException fault)
        {
            string place = fault.LineNumber is { } line ? FormattableString.Invariant($", line {line + 1}") : "";
            throw new FormatException($"{path}{place}: not a recipe: {fault.Message} See recipes/ for examples.", fault);
        }
    }

    /// <summary>Writes <c>recipe.json</c> into a folder, and beside it the list files that lie beside the recipe, so that it is whole there too.</summary>
    public void SaveTo(string folder)
    {
        foreach (string? list in new[] { Corpus.Split.TrainingList, Corpus.Split.ValidationList, Corpus.Split.TestList })
        {
            if (Folder.Length > 0 && list is not null && File.Exists(Path.Combine(Folder, list)))
            {
                File.Copy(Path.Combine(Folder, list), Path.Combine(folder, Path.GetFileName(list)), overwrite: true);
            }
        }
        AtomicFile.WriteText(Path.Combine(folder, "recipe.json"), ToJson());
    }

    /// <summary>The recipe as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RecipeJson.Options);
}
