namespace Etude.Music.Notation;

/// <summary>Notes of one staff that begin and end together; what a voice is made of.</summary>
internal sealed class MusicXmlChord(int onset, int end, IEnumerable<byte> pitches)
{
    public int Onset { get; } = onset;

    /// <summary>May be brought forward, so that two voices are enough.</summary>
    public int End { get; set; } = end;

    /// <summary>From low to high, each once.</summary>
    public List<byte> Pitches { get; } = [.. pitches.Distinct().Order()];

    /// <summary>1 is the upper voice of the staff, 2 the lower.</summary>
    public int Voice { get; set; } = 1;

    public int Length => End - Onset;
}
