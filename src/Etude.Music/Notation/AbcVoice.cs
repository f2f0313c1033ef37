namespace Etude.Music.Notation;

/// <summary>One voice while it is read: its measures so far, and all that holds from one line of it to the next.</summary>
internal sealed class AbcVoice(string id)
{
    public string Id { get; } = id;

    public string Name { get; set; } = "";

    /// <summary>Octaves to move every note, as "octave=-1" says.</summary>
    public int Octave { get; set; }

    public AbcKey Key { get; set; }

    public Etude.Music.Scores.Meter? Meter { get; set; }

    /// <summary>The unit note length, in units of <see cref="AbcMeasure.Quarter"/>.</summary>
    public long UnitLength { get; set; }

    public List<AbcMeasure> Measures { get; } = [];

    /// <summary>The measure that is being filled.</summary>
    public AbcMeasure Current { get; set; } = new();

    /// <summary>The accidentals of this bar, by letter.</summary>
    public Dictionary<char, int> Accidentals { get; } = [];

    /// <summary>The notes that the last event tied to the next.</summary>
    public List<(char Letter, int Octave, int Pitch)> Tied { get; } = [];

    /// <summary>The endings that hold until a double bar or a repeat.</summary>
    public IReadOnlyList<int> Endings { get; set; } = [];

    /// <summary>What broken rhythm leaves to the next event: its length is multiplied by it.</summary>
    public (int Numerator, int Denominator) Broken { get; set; } = (1, 1);

    /// <summary>The tuplet: its next so many events take q of the time of p.</summary>
    public (int P, int Q, int Left) Tuplet { get; set; } = (1, 1, 0);
}
