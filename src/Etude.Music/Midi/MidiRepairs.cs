using System.Collections.Immutable;

namespace Etude.Music.Midi;

/// <summary>Gathers what was mended in one file, or throws at the first fault where reading is strict.</summary>
internal sealed class MidiRepairs(string name, bool strict)
{
    private readonly List<MidiRepair> repairs = [];

    // Where in the list this track's repair of each kind stands; -1 for none yet.
    private readonly int[] ofKind = Enumerable.Repeat(-1, Enum.GetValues<MidiFault>().Length).ToArray();
    private int track;
    private int firstOfTrack;

    public void BeginTrack(int number)
    {
        for (int i = firstOfTrack; i < repairs.Count; i++) ofKind[(int)repairs[i].Fault] = -1;
        track = number;
        firstOfTrack = repairs.Count;
    }

    /// <param name="fault">The kind.</param>
    /// <param name="offset">Where it is in the file.</param>
    /// <param name="what">What is wrong: a constant, so that a million faults cost no memory.</param>
    /// <param name="mend">What is done about it: a constant.</param>
    public void Add(MidiFault fault, int offset, string what, string mend)
    {
        if (strict) throw new MidiFormatException(name, offset, fault, what, $"reading without Strict mends it: {mend}");
        ref int index = ref ofKind[(int)fault];
        if (index >= 0)
        {
            repairs[index] = repairs[index] with { Count = repairs[index].Count + 1 };
            return;
        }
        index = repairs.Count;
        repairs.Add(new(fault, track, offset, 1, what, mend));
    }

    public MidiFormatException Fatal(MidiFault fault, int offset, string what, string mend) =>
        new(name, offset, fault, what, mend);

    public ImmutableArray<MidiRepair> ToImmutable() => [.. repairs];
}
