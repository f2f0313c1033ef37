using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Music.Representations;

/// <summary>The tokens of a representation: each has a text, and its place in the list is its id. Frozen.</summary>
public sealed class Vocabulary
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };
    private readonly FrozenDictionary<string, int> _ids;

    /// <summary>The tokens in the order of their ids.</summary>
    /// <param name="texts">The text of each.</param>
    /// <param name="merges">What the last tokens, as many as these, stand for; none by default.</param>
    /// <exception cref="ArgumentException">A text comes twice, or a merged token stands for one that does not come before it.</exception>
    public Vocabulary(IEnumerable<string> texts, ImmutableArray<TokenPair> merges = default)
    {
        Texts = [.. texts];
        Merges = merges.IsDefault ? [] : merges;
        for (int i = 0; i < Merges.Length; i++)
        {
            int token = Texts.Length - Merges.Length + i;
            if ((uint)Merges[i].First < (uint)token && (uint)Merges[i].Second < (uint)token) continue;
            throw new ArgumentException($"Merged token {token} stands for {Merges[i].First} and {Merges[i].Second}, which do not come before it.", nameof(merges));
        }
        var ids = new Dictionary<string, int>(Texts.Length);
        for (int id = 0; id < Texts.Length; id++)
        {
            if (!ids.TryAdd(Texts[id], id)) throw new ArgumentException($"The token '{Texts[id]}' is listed twice, as {ids[Texts[id]]} and {id}.", nameof(texts));
        }
        _ids = ids.ToFrozenDictionary();
    }

    /// <summary>The texts in the order of their ids.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>What the last tokens, as many as these, stand for: each for a pair of tokens before it (<see cref="MergedRepresentation"/>).</summary>
    public ImmutableArray<TokenPair> Merges { get; }

    /// <summary>The number of tokens.</summary>
    public int Count => Texts.Length;

    /// <summary>The text of a token.</summary>
    public string this[int id] => Texts[id];

    /// <summary>The token of a text, if there is one.</summary>
    public bool TryGetId(string text, out int id) => _ids.TryGetValue(text, out id);

    /// <summary>The tokens as JSON: {"tokens": [text, ...]}, and where some are merged {"merges": [[first, second], ...]}.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(new Document(Texts, Merges.IsEmpty ? null : [.. Merges.Select(pair => new[] { pair.First, pair.Second })]), Layout);

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What to call it in an error: the file's path.</param>
    /// <exception cref="FormatException">It is not JSON of that form, or a text comes twice.</exception>
    public static Vocabulary FromJson(string json, string name = "vocabulary.json")
    {
        try
        {
            Document? document = JsonSerializer.Deserialize<Document>(json);
            if (document is { Tokens.IsDefaultOrEmpty: false })
            {
                return new Vocabulary(document.Tokens, [.. document.Merges?.Select(pair => new TokenPair(pair[0], pair[1])) ?? []]);
            }
            throw new FormatException($"{name} holds no tokens: it should read {{\"tokens\": [\"...\", ...]}}.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException($"{name} is no vocabulary: {fault.Message} Take the file that was saved with the model.", fault);
        }
    }

    private sealed record Document(
        [property: JsonPropertyName("tokens")] ImmutableArray<string> Tokens,
        [property: JsonPropertyName("merges"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[][]? Merges = null);
}
