using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Evaluation.Sets;

/// <summary>How many pieces of a set are whole: what is counted, not averaged.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Pieces">How many pieces it has.</param>
/// <param name="Collapsed">How many collapsed (<see cref="Collapse.Exceeds"/>).</param>
/// <param name="OfLength">How many end in the bar that was asked for; all where none was.</param>
/// <param name="EndOnTonic">How many come to rest on their tonic chord (<see cref="Ending.IsOnTonic"/>).</param>
/// <param name="InMeter">How many have whole bars only, a pick-up aside, and no note over the last bar line.</param>
public sealed record SetForm(string Name, int Pieces, int Collapsed, int OfLength, int EndOnTonic, int InMeter)
{
    /// <summary>Counts.</summary>
    /// <param name="set">The set.</param>
    /// <param name="bars">The length that was asked for, a pick-up not counted; null for none.</param>
    public static SetForm Of(PieceSet set, int? bars = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new SetForm(
            set.Name, set.Pieces.Length, Count(piece => Collapse.Of(piece).Exceeds()), Count(piece => bars is null || new BarMap(piece).LastNumber == bars),
            Count(piece => Ending.IsOnTonic(piece)), Count(IsInMeter));

        int Count(Func<Score, bool> holds) => set.Pieces.AsParallel().Count(holds);
    }

    private static bool IsInMeter(Score piece)
    {
        if (piece.NoteCount == 0 || piece.FirstFault() is not null) return false;
        var map = new BarMap(piece);
        Tick lastOnset = piece.NotesInOrder().Max(note => note.Onset);
        return piece.End <= map.At(lastOnset).End
            && map.Until(piece.End).All(bar => bar.Number == 0 || 4 * bar.Meter.Numerator * piece.TicksPerQuarter == bar.Duration.Value * bar.Meter.Denominator);
    }
}
