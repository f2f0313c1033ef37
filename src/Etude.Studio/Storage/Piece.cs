using System.Text.Json.Serialization;
using Etude.Studio.Compositions;

namespace Etude.Studio.Storage;

/// <summary>A piece that was asked for: where it stands, how it is made, and what its owner thinks of it.</summary>
internal sealed record Piece
{
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Title { get; init; }

    public PieceState State { get; init; } = PieceState.Waiting;

    /// <summary>All that is needed to make the same piece again, the seed included.</summary>
    public required CompositionRequest Request { get; init; }

    public required string Model { get; init; }

    public string? ModelHash { get; init; }

    /// <summary>The name of the MIDI file in the pieces folder; null until the piece is done.</summary>
    public string? File { get; init; }

    public int Notes { get; init; }

    public double Seconds { get; init; }

    /// <summary>The second at which the composed part begins: 0, or the end of the primer.</summary>
    public double ComposedFromSeconds { get; init; }

    /// <summary>The second at which it ends, where bars within a piece were composed anew; null: the end.</summary>
    public double? ComposedToSeconds { get; init; }

    /// <summary>The mean negative log-likelihood of what was sampled, in nats.</summary>
    public double? NatsPerToken { get; init; }

    public double? ComposingSeconds { get; init; }

    public bool Kept { get; init; }

    /// <summary>1 to 5 stars, 0 for none.</summary>
    public int Rating { get; init; }

    /// <summary>Why it failed, in one sentence.</summary>
    public string? Fault { get; init; }

    [JsonIgnore]
    public bool IsUnfinished => State is PieceState.Waiting or PieceState.Composing;
}
