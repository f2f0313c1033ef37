namespace Etude.Corpora.Preparing;

/// <summary>The parts and notes that choosing left out of a piece, by reason.</summary>
internal readonly record struct Losses(
    int DrumParts, int DrumNotes, int OtherParts, int OtherNotes, int UnchosenParts, int UnchosenNotes, int OutOfRangeNotes)
{
    public static Losses operator +(Losses a, Losses b) => new(
        a.DrumParts + b.DrumParts, a.DrumNotes + b.DrumNotes, a.OtherParts + b.OtherParts, a.OtherNotes + b.OtherNotes,
        a.UnchosenParts + b.UnchosenParts, a.UnchosenNotes + b.UnchosenNotes, a.OutOfRangeNotes + b.OutOfRangeNotes);

    public Dictionary<string, int> Parts => WithoutZeros(("drums", DrumParts), ("not a piano", OtherParts), ("not the part chosen", UnchosenParts));

    public Dictionary<string, int> Notes => WithoutZeros(
        ("drums", DrumNotes), ("not a piano", OtherNotes), ("not the part chosen", UnchosenNotes), ("pitch out of range", OutOfRangeNotes));

    private static Dictionary<string, int> WithoutZeros(params (string Reason, int Count)[] counts) =>
        counts.Where(count => count.Count > 0).ToDictionary(count => count.Reason, count => count.Count);
}
