using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Etude.Studio.Compositions;

/// <summary>What to compose. Every field has a default, so that an empty object asks for a new piece.</summary>
internal sealed record CompositionRequest
{
    public const ulong LargestSeed = (1UL << 53) - 1;

    [Description("The name of a model of /api/models; absent for the built-in one.")]
    public string? Model { get; init; }

    [Description("Where the dice start, 0 to 9007199254740991; absent for a fresh one. The same seed and settings give the same piece.")]
    [Range(0, LargestSeed)]
    public ulong? Seed { get; init; }

    [Description("The length in bars, not counting the primer.")]
    public int Bars { get; init; } = 32;

    [Description("Below 1 safer, above 1 bolder; 0 always takes the likeliest. 0 to 2.")]
    [Range(0, 2)]
    public float Temperature { get; init; } = 1f;

    [Description("Choose among this many likeliest tokens only; 0 for all.")]
    [Range(0, 10_000)]
    public int TopK { get; init; }

    [Description("Choose among the likeliest tokens that together hold this share of the probability.")]
    [Range(0.01, 1)]
    public float TopP { get; init; } = 1f;

    [Description("Drop tokens less likely than this share of the likeliest.")]
    [Range(0, 0.99)]
    public float MinP { get; init; } = 0.01f;

    [Description("How much likelier, in nats, the piece takes up its earlier passages; for models that recall. 0 to 4.")]
    [Range(0, 4)]
    public float Repetition { get; init; } = 0.75f;

    [Description("Steer away from endless repetition and silence.")]
    public bool Guard { get; init; } = true;

    [Description("The tempo in quarter notes a minute; absent for the primer's, else the model's own.")]
    [Range(20, 300)]
    public double? QuartersPerMinute { get; init; }

    [Description("The music to continue from; absent to begin from nothing.")]
    public PrimerPassage? Primer { get; init; }

    [Description("Bars to compose anew within a piece, instead of a length and a primer.")]
    public GapRequest? Gap { get; init; }

    [Description("Style, key, meter and density, for models that can be steered.")]
    public SteeringRequest? Steering { get; init; }

    [Description("Play composed notes with dynamics, small timing and pedal, by rule; for models whose music knows none.")]
    public bool Expression { get; init; } = true;

    [Description("Sliders and ways between pieces, for models that have a latent.")]
    public LatentRequest? Latent { get; init; }
}
