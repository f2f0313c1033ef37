using Etude.Music.Representations.Bars;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// Bars with their meter, positions in the bar, and at each position the notes that begin there: left hand before right,
/// from low to high, each a pitch and a duration (and a velocity, if wanted). After REMI: Huang and Yang, Pop Music
/// Transformer (2020); here any meter, two hands, pick-up bars, and a grid that keeps triplets.
/// </summary>
/// <remarks>
/// The order of tokens is <c>start (bar [length] [tempo] (position (pitch [velocity] duration)+)*)* end</c>. A bar that is
/// shorter than its meter (a pick-up, or one that the next meter cuts off) says its length. Meters are those of the
/// training scores and the common ones; a bar of another meter is written with the shortest known one that holds
/// it, and its length, so that time is always kept.
/// </remarks>
public sealed record BarsOptions : BarwiseOptions
{
    internal const string Name = "bars";

    /// <summary>Whether the hands are told apart, by the parts of the score. Default true.</summary>
    public bool Hands { get; init; } = true;

    /// <summary>The loudnesses that are told apart, 0 to 64; 0 leaves velocities out. Default 0.</summary>
    public int VelocityBins { get; init; }

    /// <summary>Whether a bar says its tempo where it differs from that of the bar before, in twelfths of an octave from 20 to 320 quarter notes a minute. Default false.</summary>
    public bool Tempos { get; init; }

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Check();
        return new BarsRepresentation(this, BarTokens.Texts(this, scores.SelectMany(score => score.Meters)));
    }

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Check();
        return new BarsRepresentation(this, vocabulary.Texts);
    }

    private protected override void Check()
    {
        base.Check();
        Require(VelocityBins is >= 0 and <= 64, $"velocityBins {VelocityBins}: 0 to 64");
    }
}
