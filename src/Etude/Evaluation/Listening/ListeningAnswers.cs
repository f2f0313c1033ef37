using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Evaluation.Listening;

/// <summary>Answers in a file of JSON lines, one object a line, so that adding one never endangers those before.</summary>
public static class ListeningAnswers
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Adds an answer to the end of the file, which is made where it is missing.</summary>
    public static void Append(string path, ListeningAnswer answer) =>
        File.AppendAllText(path, JsonSerializer.Serialize(answer, Json) + "\n");

    /// <summary>All answers of a file; none where it is missing.</summary>
    /// <exception cref="InvalidDataException">A line is no answer; a last line without its end, as a crash leaves it, is left out.</exception>
    public static ImmutableArray<ListeningAnswer> Read(string path)
    {
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllText(path).Split('\n');
        var answers = ImmutableArray.CreateBuilder<ListeningAnswer>();
        for (int i = 0; i < lines.Length - 1; i++) // what follows the last line break is not whole
        {
            if (lines[i].Length == 0) continue;
            try
            {
                answers.Add(JsonSerializer.Deserialize<ListeningAnswer>(lines[i], Json)!);
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException($"{path}, line {i + 1}: not an answer of a listening test ({fault.Message}). Remove the line.", fault);
            }
        }
        return answers.ToImmutable();
    }
}
