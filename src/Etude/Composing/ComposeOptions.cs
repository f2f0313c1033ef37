using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>What to compose, and how freely. The same model, options and kind of processor give the same piece.</summary>
public sealed record ComposeOptions
{
    /// <summary>Where the dice start. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The length to compose, in bars of the piece's meter, not counting the primer; 1 to 1,000. Default 32.</summary>
    public int Bars { get; init; } = 32;

    /// <summary>The length in seconds at the piece's tempo instead of <see cref="Bars"/>; null to count bars.</summary>
    public Second? Length { get; init; }

    /// <summary>The music to continue from; null to begin from nothing.</summary>
    public Score? Primer { get; init; }

    /// <summary>Bars to compose between others, or one hand of them, instead of <see cref="Bars"/> and <see cref="Primer"/>; only for models of sheets. Default null.</summary>
    public Gap? Gap { get; init; }

    /// <summary>What the piece should be like; only for models of sheets. Default <see cref="Steering.None"/>.</summary>
    public Steering Steering { get; init; } = Steering.None;

    /// <summary>
    /// Divides the logits before sampling: below 1 safer, above 1 bolder; 0 always takes the likeliest. Range 0 to 4.
    /// Default 1.
    /// </summary>
    public float Temperature { get; init; } = 1f;

    /// <summary>What <see cref="Temperature"/> becomes, evenly over the piece; null: it stays. Range 0 to 4. Default null.</summary>
    public float? LastTemperature { get; init; }

    /// <summary>Keep only this many likeliest tokens; 0 keeps all. Default 0.</summary>
    public int TopK { get; init; }

    /// <summary>Keep the likeliest tokens that together hold this share of the probability (Holtzman et al. 2020); 0 to 1. Default 1: all.</summary>
    public float TopP { get; init; } = 1f;

    /// <summary>Drop tokens less likely than this share of the likeliest (Nguyen et al. 2024); 0 to 1. Default 0.01.</summary>
    public float MinP { get; init; } = 0.01f;

    /// <summary>
    /// How much likelier, in nats, the piece goes on with what followed before where its last tokens, four or more, stood earlier in it: what a
    /// model draws by chance comes back less often than what people write. For models that recall
    /// (<see cref="Etude.Models.NetworkOptions.Recall"/>). New sheets, of any model, are also drawn back to their first bar in the ninth, with 2.4
    /// times as much for each token, and to their first four from the 25th on (and so on every 32 bars), with 4.8 and 2.4 times as much; they
    /// begin those phrases in the first one's key. 0 to 4. Default 0.75.
    /// </summary>
    public float Repetition { get; init; } = 0.75f;

    /// <summary>Steer away from one note or one short loop repeating, and from silence. Default true.</summary>
    public bool Guard { get; init; } = true;

    /// <summary>
    /// Whether notes are refused that would make a run of notes shared with the learned corpus, in whatever key, longer than the model's
    /// <c>corpus.index</c> allows (16 notes); where a model has no such file, nothing is refused. Default true.
    /// </summary>
    public bool CopyGuard { get; init; } = true;

    /// <summary>
    /// Whether composed notes are played with dynamics, small timing and pedal, by rule (louder melodies, phrases in arcs, pedal by harmony, a
    /// slower last bar); only for models of sheets, whose corpus knows none. Notes that were given are never changed. Default true.
    /// </summary>
    public bool Expression { get; init; } = true;

    /// <summary>How many pieces are composed of which the best is given, 1 to 64. Default 1.</summary>
    public int Candidates { get; init; } = 1;

    /// <summary>The tempo of the piece, in quarter notes a minute; null for the primer's, else 100.</summary>
    public double? QuartersPerMinute { get; init; }

    /// <summary>How steps of a piano roll are drawn and begun; only for models of rolls that go step by step. Default null: as such a model does it.</summary>
    public RollDrawing? Rolls { get; init; }

    /// <summary>From which latents to compose; only for models that have one. Default null: from the primer, else from chance.</summary>
    public LatentChoice? Latent { get; init; }

    /// <summary>Throws where a value is out of its range, naming the option and the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public void Validate()
    {
        Check(Bars is >= 1 and <= 1000, nameof(Bars), "1 to 1,000");
        Check(Length is null or { Value: > 0 and <= 3600 }, nameof(Length), "more than 0 and at most 3,600 seconds");
        Check(Temperature is >= 0 and <= 4, nameof(Temperature), "0 to 4");
        Check(LastTemperature is null or (>= 0 and <= 4), nameof(LastTemperature), "0 to 4");
        Check(Candidates is >= 1 and <= 64, nameof(Candidates), "1 to 64");
        Check(Gap is null || Primer is null, nameof(Gap), "left out where there is a primer: a piece is continued or filled");
        Steering.Validate();
        Check(TopK >= 0, nameof(TopK), "0 (all) or more");
        Check(TopP is > 0 and <= 1, nameof(TopP), "more than 0 and at most 1");
        Check(MinP is >= 0 and < 1, nameof(MinP), "0 to less than 1");
        Check(Repetition is >= 0 and <= 4, nameof(Repetition), "0 to 4");
        Check(Rolls is null or { Threshold: null or (> 0 and < 1) }, "Rolls.Threshold", "more than 0 and less than 1");
        Check(Rolls is null || Rolls.Chord.All(pitch => pitch is >= 21 and <= 108), "Rolls.Chord", "pitches of the piano, 21 to 108");
        Check(Latent is null or { Steps: >= 2 and <= 100 }, "Latent.Steps", "2 to 100");
        Check(Latent is null or { Share: null or (>= 0 and <= 1) }, "Latent.Share", "0 to 1");
        Check(QuartersPerMinute is null or (>= 10 and <= 400), nameof(QuartersPerMinute), "10 to 400");
    }

    internal static void Check(bool holds, string option, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(option, $"{option} must be {range}.");
    }
}
