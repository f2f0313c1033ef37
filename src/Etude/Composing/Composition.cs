using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>A composed piece and how it came about.</summary>
public sealed record Composition
{
    /// <summary>The piece, the primer included; its texts carry the provenance.</summary>
    public required Score Score { get; init; }

    /// <summary>Where the composed part begins: the end of the primer, or 0.</summary>
    public required Tick ComposedFrom { get; init; }

    /// <summary>What was asked for.</summary>
    public required ComposeOptions Options { get; init; }

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The SHA-256 of the model's weights, in hexadecimal.</summary>
    public required string ModelHash { get; init; }

    /// <summary>How often the collapse guard had to steer.</summary>
    public required int GuardInterventions { get; init; }

    /// <summary>How often the copy guard refused a note.</summary>
    public int CopiesRefused { get; init; }

    /// <summary>Tokens (or steps) sampled, backtracked ones included.</summary>
    public required int SampledTokens { get; init; }

    /// <summary>The mean negative log-likelihood of the sampled tokens under the model at temperature 1, in nats.</summary>
    public required double NatsPerToken { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
