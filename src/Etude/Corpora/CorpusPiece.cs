using System.Text.Json.Serialization;
using Etude.Music.Scores;

namespace Etude.Corpora;

/// <summary>One piece of a corpus.</summary>
public sealed record CorpusPiece
{
    /// <summary>The path of its file below the corpus folder, with <c>/</c>: unique in the corpus.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What it is a version or a part of: pieces that share it stay in one split. The file's own name where nothing else shares it.
    /// </summary>
    public required string Work { get; init; }

    /// <summary>What it is used for.</summary>
    public required Split Split { get; init; }

    /// <summary>The number of notes.</summary>
    public required int NoteCount { get; init; }

    /// <summary>Its length in seconds by its own tempos.</summary>
    public required double Seconds { get; init; }

    /// <summary>The meter that holds longest.</summary>
    public required string Meter { get; init; }

    /// <summary>The lowest pitch.</summary>
    public required int LowestPitch { get; init; }

    /// <summary>The highest pitch.</summary>
    public required int HighestPitch { get; init; }

    /// <summary>The music: the parts and notes that stayed. Laid out at the first call, then kept.</summary>
    [JsonIgnore]
    public Score Score => Source.Value;

    [JsonIgnore]
    internal Lazy<Score> Source { get; init; } = new(static () => throw new InvalidOperationException("The piece has no score."));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
