namespace Etude.Music.Notation;

/// <summary>One written note value: a chord or a part of one, or a rest.</summary>
/// <param name="Start">Where it stands.</param>
/// <param name="Length">How long it sounds.</param>
/// <param name="Chord">What sounds; null for a rest.</param>
/// <param name="Written">The note value without dot, in units of sounding time outside tuplets.</param>
/// <param name="IsDotted">Whether a dot makes it half as long again.</param>
/// <param name="Tuplet">The tuplet it belongs to; null in straight time.</param>
internal sealed record MusicXmlSymbol(int Start, int Length, MusicXmlChord? Chord, int Written, bool IsDotted, MusicXmlTuplet? Tuplet)
{
    public int End => Start + Length;

    public bool IsTiedFromBefore => Chord is not null && Start > Chord.Onset;

    public bool IsTiedOn => Chord is not null && End < Chord.End;

    /// <summary>How many beams or flags the note value has.</summary>
    public int Flags => Written >= MusicXmlGrid.Quarter ? 0 : (int)Math.Log2(MusicXmlGrid.Quarter / Written);

    /// <summary>For each beam from the outermost: begin, continue, end, forward hook or backward hook.</summary>
    public List<string> Beams { get; } = [];
}
