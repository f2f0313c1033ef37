using System.Text.Json;
using System.Text.Json.Nodes;
using Etude.Recipes;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// A recipe of the polyphonic benchmark: <c>{"description": ..., "model": {...}, "sets": {"nottingham": {...}}}</c>, where
/// <c>model</c> holds <see cref="FrameModelOptions"/> and <c>sets</c> what is different for one set.
/// </summary>
/// <param name="Name">Its name: that of its file.</param>
/// <param name="Model">The model for the set it was read for.</param>
public sealed record BenchmarkRecipe(string Name, FrameModelOptions Model)
{
    /// <summary>Reads a recipe for one set.</summary>
    /// <param name="path">Its file; see <c>recipes/benchmark</c>.</param>
    /// <param name="set">The set's name, such as <c>nottingham</c>.</param>
    /// <param name="changes">Properties of the model to be other than in the file, such as <c>dropout=0.3</c>.</param>
    /// <exception cref="FormatException">The file is not such a recipe, or a change names no property or no value of it.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static BenchmarkRecipe Load(string path, string set, IEnumerable<string>? changes = null)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} is not there. Name a recipe of the benchmark: those of recipes/benchmark.", path);
        try
        {
            var document = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            JsonObject file = JsonNode.Parse(File.ReadAllText(path), documentOptions: document)!.AsObject();
            JsonObject model = file["model"]?.DeepClone().AsObject() ?? throw new JsonException("There is no \"model\".");
            foreach ((string name, JsonNode? value) in file["sets"]?[set]?.AsObject() ?? []) model[name] = value?.DeepClone();
            foreach (string change in changes ?? [])
            {
                string[] parts = change.Split('=', 2);
                model[parts[0]] = parts.Length == 2 ? Value(parts[1]) : throw new JsonException($"\"{change}\" is not name=value.");
            }
            return new BenchmarkRecipe(Path.GetFileNameWithoutExtension(path), model.Deserialize<FrameModelOptions>(RecipeJson.Options)!);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new FormatException($"{path}: not a recipe of the benchmark: {fault.Message} See recipes/benchmark for examples.", fault);
        }
    }

    // What is no JSON is a word, such as the name of a kind of memory: core=gru.
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
