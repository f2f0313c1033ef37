using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Where in a sheet the next notes would come, and what is settled there.</summary>
internal readonly record struct SheetPlace
{
    public SheetPlace()
    {
    }

    /// <summary>The bar of the composed part, from 0.</summary>
    public int Bar { get; init; }

    /// <summary>The step in the bar.</summary>
    public int Position { get; init; }

    /// <summary>Whether nothing sounds here that was struck before.</summary>
    public bool IsSilent { get; init; }

    /// <summary>How much denser the composed bars are than was wished, as a logarithm, -1 to 1; 0 where nothing was.</summary>
    public double Excess { get; init; }

    /// <summary>Where the piece ends in this bar: its key; else null.</summary>
    public Key? Tonic { get; init; }

    /// <summary>The lowest pitch struck in this bar; 128 before the first.</summary>
    public int Lowest { get; init; } = 128;

    /// <summary>The hand of the last note at this position; null before the first.</summary>
    public Hand? LastHand { get; init; }

    /// <summary>The pitch of that note.</summary>
    public int? LastPitch { get; init; }

    /// <summary>Steps of the left hand's last duration in this bar; -1 before.</summary>
    public int LeftDuration { get; init; } = -1;

    /// <summary>Steps of the right hand's.</summary>
    public int RightDuration { get; init; } = -1;

    /// <summary>The only hand that may play; null where both may.</summary>
    public Hand? Only { get; init; }

    /// <summary>Pitches that are struck here by notes that are given.</summary>
    public IReadOnlyCollection<int> Taken { get; init; } = [];
}
