using System.Text.Json;
using Etude.Corpora;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>The file <c>corpus.json</c> of a run: which pieces it learned from and which it held out.</summary>
/// <param name="Folder">The corpus folder.</param>
/// <param name="Training">The training pieces: paths below the folder.</param>
/// <param name="Validation">The held-out pieces.</param>
/// <param name="Test">The test pieces.</param>
public sealed record CorpusList(string Folder, IReadOnlyList<string> Training, IReadOnlyList<string> Validation, IReadOnlyList<string> Test)
{
    /// <summary>Its name in the run folder.</summary>
    public const string FileName = "corpus.json";

    /// <summary>Lists the pieces of a corpus.</summary>
    public static CorpusList Of(Corpus corpus) => new(
        corpus.Report.Folder, Names(corpus, Split.Training), Names(corpus, Split.Validation), Names(corpus, Split.Test));

    /// <summary>Reads the list of a run folder.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="FormatException">It cannot be understood.</exception>
    public static CorpusList Read(string runFolder)
    {
        string path = Path.Combine(runFolder, FileName);
        try
        {
            return JsonSerializer.Deserialize<CorpusList>(File.ReadAllText(path), RecipeJson.Options)
                ?? throw new FormatException($"{path} is empty.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{path} is not the corpus list of a run: {fault.Message}", fault);
        }
    }

    /// <summary>The list as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RecipeJson.Options);

    private static string[] Names(Corpus corpus, Split split) => [.. corpus.In(split).Select(piece => piece.Name)];
}
