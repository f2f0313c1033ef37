using System.Text.Json.Serialization;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>Options of a representation as tokens.</summary>
public abstract record TokenOptions : RepresentationOptions
{
    private protected TokenOptions()
    {
    }

    /// <summary>
    /// How many pairs of tokens become tokens of their own, learned from the training pieces (<see cref="MergedRepresentation"/>); 0 for none.
    /// Sheets that are merged are shown whole, without headings and gaps. Default 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Merges { get; init; }

    /// <summary>Makes the representation with the vocabulary that the given scores need, read once.</summary>
    /// <param name="scores">The scores of the training pieces; a scheme whose vocabulary is fixed does not read them.</param>
    /// <exception cref="ArgumentException">A setting is impossible, or the scheme finds no token in the scores.</exception>
    public abstract TokenRepresentation Fit(IEnumerable<Score> scores);

    /// <summary>Makes the representation with a saved vocabulary.</summary>
    /// <exception cref="FormatException">The vocabulary is of another scheme or other settings.</exception>
    public abstract TokenRepresentation Open(Vocabulary vocabulary);

    /// <summary>Refuses a vocabulary that is not the one these settings give.</summary>
    private protected TokenRepresentation Checked(TokenRepresentation made, Vocabulary vocabulary)
    {
        if (made.Vocabulary.Texts.AsSpan().SequenceEqual(vocabulary.Texts.AsSpan())) return made;
        throw new FormatException(
            $"The vocabulary of {vocabulary.Count} tokens is not the one of {made.Vocabulary.Count} that '{Scheme}' has with these settings: take the settings and vocabulary.json from one model folder.");
    }
}
