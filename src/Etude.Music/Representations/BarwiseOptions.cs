using Etude.Music.Representations.Grids;

namespace Etude.Music.Representations;

/// <summary>Options of tokens that come bar by bar, with positions and durations on a grid.</summary>
public abstract record BarwiseOptions : TokenOptions
{
    private protected BarwiseOptions()
    {
    }

    /// <summary>Steps of a quarter note, a multiple of 4. Default 24: thirty-seconds and the triplets of sixteenths.</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.PerQuarter(24);

    /// <summary>The longest note and the longest bar in quarter notes, 4 to 8. Default 8; a longer bar becomes several.</summary>
    public int LongestQuarters { get; init; } = 8;

    internal int LongestSteps => LongestQuarters * Grid.Steps;

    private protected virtual void Check()
    {
        Require(Grid.Unit == GridUnit.Quarter && Grid.Steps % 4 == 0, $"grid '{Grid}': '{Scheme}' needs a multiple of 4 per quarter, such as \"24 per quarter\"");
        Require(LongestQuarters is >= 4 and <= 8, $"longestQuarters {LongestQuarters}: 4 to 8");
    }
}
