using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Etude.Music.Representations;

/// <summary>The tokens of a representation: each has a text, and its place in the list is its id. Frozen.</summary>
public sealed class Vocabulary
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };
    private readonly FrozenDictionary<string, int> _ids;

    /// <summary>The tokens in the order of their ids.</summary>
    /// <exception cref="ArgumentException">A text comes twice.</exception>
    public Vocabulary(IEnumerable<string> texts)
    {
        Texts = [.. texts];
        var ids = new Dictionary<string, int>(Texts.Length);
        for (int id = 0; id < Texts.Length; id++)
        {
            if (!ids.TryAdd(Texts[id], id)) throw new ArgumentException($"The token '{Texts[id]}' is listed twice, as {ids[Texts[id]]} and {id}.", nameof(texts));
        }
        _ids = ids.ToFrozenDictionary();
    }

    /// <summary>The texts in the order of their ids.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>The number of tokens.</summary>
    public int Count => Texts.Length;

    /// <summary>The text of a token.</summary>
    public string this[int id] => Texts[id];

    /// <summary>The token of a text, if there is one.</summary>
    public bool TryGetId(string text, out int id) => _ids.TryGetValue(text, out id);

    /// <summary>The tokens as JSON: {"tokens": [text, ...]}.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Document(Texts), Layout);

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What to call it in an error: the file's path.</param>
    /// <exception cref="FormatException">It is not JSON of that form, or a text comes twice.</exception>
    public static Vocabulary FromJson(string json, string name = "vocabulary.json")
    {
        try
        {
            var texts = JsonSerializer.Deserialize<Document>(json)?.Tokens ?? default;
            if (!texts.IsDefaultOrEmpty) return new Vocabulary(texts);
            throw new FormatException($"{name} holds no tokens: it should read {{\"tokens\": [\"...\", ...]}}.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new FormatException($"{name} is no vocabulary: {fault.Message} Take the file that was saved with the model.", fault);
        }
    }

    private sealed record Document([property: System.Text.Json.Serialization.JsonPropertyName("tokens")] ImmutableArray<string> Tokens);
}
