namespace Etude.Music.Midi;

/// <summary>A file that cannot be read as MIDI, or that is faulty and was read strictly.</summary>
public sealed class MidiFormatException : FormatException
{
    internal MidiFormatException(string name, int offset, MidiFault fault, string what, string mend)
        : base($"{name}: byte {offset}: {what}; {mend}.")
    {
        Name = name;
        Offset = offset;
        Fault = fault;
    }

    /// <summary>The path of the file, or the name that was given with the bytes.</summary>
    public string Name { get; }

    /// <summary>The byte in the file where the fault is, from 0.</summary>
    public int Offset { get; }

    /// <summary>The kind of fault.</summary>
    public MidiFault Fault { get; }
}
