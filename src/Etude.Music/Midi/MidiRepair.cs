namespace Etude.Music.Midi;

/// <summary>
/// One kind of fault in one track, mended while reading. Repeated faults of a kind in a track are one repair, so that
/// the list stays short however broken the file.
/// </summary>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Track">The number of the track chunk from 1, or 0 for the file itself.</param>
/// <param name="Offset">The byte in the file where the first one is, from 0.</param>
/// <param name="Count">How many of them were mended.</param>
/// <param name="What">What is wrong, in words.</param>
/// <param name="Mend">What was done about it, in words.</param>
public readonly record struct MidiRepair(MidiFault Fault, int Track, int Offset, int Count, string What, string Mend)
{
    /// <summary>The repair as a sentence: place, fault, mend and how often.</summary>
    public override string ToString()
    {
        string place = Track == 0 ? $"byte {Offset}" : $"track {Track}, byte {Offset}";
        return Count == 1 ? $"{place}: {What}; {Mend}" : $"{place} and {Count - 1} more: {What}; {Mend}";
    }
}
