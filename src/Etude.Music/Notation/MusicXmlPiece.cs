using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>A score laid out for two staves: bars, keys, tempos, and for each staff its voices and clefs.</summary>
internal sealed class MusicXmlPiece
{
    public required List<MusicXmlBar> Bars { get; init; }

    /// <summary>The upper and the lower staff.</summary>
    public required List<MusicXmlStaff> Staves { get; init; }

    /// <summary>The key of each bar.</summary>
    public required (int Sharps, bool IsMinor)[] Keys { get; init; }

    /// <summary>The score in the units of the paper.</summary>
    public required Score Score { get; init; }

    public static MusicXmlPiece Of(Score original)
    {
        if ((double)original.End.Value / original.TicksPerQuarter * MusicXmlGrid.Quarter > int.MaxValue / 2)
            throw new ArgumentException("The score is too long for paper; cut it into pieces.", nameof(original));
        var score = original.Rescale(MusicXmlGrid.Quarter);
        var (right, left) = MusicXmlHands.Split(score);
        int end = right.Concat(left).Select(note => note.End.Value).DefaultIfEmpty(0).Max();
        // A last note may be rounded into a bar that none other reaches.
        var bars = MusicXmlBar.All(score, end + MusicXmlGrid.Quarter);
        var grids = new[] { right, left }.Select(hand => Staff(bars, hand)).ToList();
        int last = grids.SelectMany(staff => staff.Chords).Select(chord => chord.End).DefaultIfEmpty(0).Max();
        bars.RemoveAll(bar => bar.Onset >= Math.Max(1, last));
        return new MusicXmlPiece
        {
            Bars = bars,
            Keys = KeysOf(score, bars),
            Score = score,
            Staves = [.. grids.Select((staff, i) => new MusicXmlStaff(staff.Chords, staff.Grid, MusicXmlClefs.Choose(bars, staff.Chords, isUpper: i == 0)))],
        };
    }

    private static (List<MusicXmlChord> Chords, MusicXmlGrid Grid) Staff(List<MusicXmlBar> bars, List<Note> hand)
    {
        List<MusicXmlNote> notes = [.. hand.Select(note => new MusicXmlNote(note.Onset.Value, note.End.Value, note.Pitch))];
        var grid = new MusicXmlGrid(bars, notes);
        // Where many onsets had to be moved, by more than rounding, somebody has played.
        int moved = notes.Count(note => Math.Abs(grid.SnapOnset(note.Onset) - note.Onset) > MusicXmlGrid.Quarter / 100);
        return (MusicXmlVoices.Arrange(grid.Snap(notes), isPlayed: 4 * moved > notes.Count), grid);
    }

    private static (int Sharps, bool IsMinor)[] KeysOf(Score score, List<MusicXmlBar> bars)
    {
        var keys = new (int Sharps, bool IsMinor)[bars.Count];
        if (score.KeySignatures.IsEmpty && KeyFinder.Find(score) is { } found)
        {
            int fifths = found.Key.RelativeMajorTonic * 7 % 12;
            Array.Fill(keys, (fifths >= 6 ? fifths - 12 : fifths, found.Key.IsMinor));
        }
        foreach (var signature in score.KeySignatures)
        {
            // A signature stands at a bar line: the nearest before it, unless most of the bar has passed.
            int bar = MusicXmlBar.IndexAt(bars, signature.Onset.Value);
            if (signature.Onset.Value - bars[bar].Onset > bars[bar].Length / 2) bar++;
            for (; bar < bars.Count; bar++) keys[bar] = (signature.Sharps, signature.IsMinor);
        }
        return keys;
    }
}
