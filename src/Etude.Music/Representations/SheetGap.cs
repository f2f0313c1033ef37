using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>A stretch of bars whose notes are left out where they belong and told after the bars that follow.</summary>
/// <param name="FirstBar">The first of them; the bars of a sheet count from 0.</param>
/// <param name="BarCount">How many, 1 or more.</param>
/// <param name="ContextBars">How many bars follow, at most, before they are filled; 0 or more.</param>
/// <param name="Kept">The hand that stays; null where both are left out.</param>
public readonly record struct SheetGap(int FirstBar, int BarCount, int ContextBars, Hand? Kept)
{
    /// <summary>The bar before which, at the latest, the gap is filled.</summary>
    internal int FilledBefore => FirstBar + BarCount + ContextBars;
}
