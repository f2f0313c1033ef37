using System.Buffers;
using System.Buffers.Binary;

namespace Etude.Music.Midi;

/// <summary>Writes one track chunk, event by event in the order of time, with running status.</summary>
internal sealed class MidiTrackWriter
{
    private readonly ArrayBufferWriter<byte> events = new();
    private int tick;
    private int runningStatus;

    public void Write(int at, int status, int first, int second)
    {
        WriteTime(at);
        if (status != runningStatus) WriteByte(status);
        runningStatus = status;
        WriteByte(first);
        if ((status & 0xF0) is not (MidiBytes.ProgramChange or MidiBytes.ChannelPressure)) WriteByte(second);
    }

    public void WriteMeta(int at, int type, params ReadOnlySpan<byte> data)
    {
        WriteTime(at);
        runningStatus = 0;
        WriteByte(MidiBytes.Meta);
        WriteByte(type);
        WriteNumber(data.Length);
        events.Write(data);
    }

    /// <summary>Ends the track and appends it to a file.</summary>
    public void Finish(ArrayBufferWriter<byte> file)
    {
        WriteMeta(tick, MidiBytes.MetaEndOfTrack);
        file.Write(MidiBytes.TrackChunk);
        BinaryPrimitives.WriteInt32BigEndian(file.GetSpan(4), events.WrittenCount);
        file.Advance(4);
        file.Write(events.WrittenSpan);
    }

    private void WriteTime(int at)
    {
        WriteNumber(at - tick);
        tick = at;
    }

    private void WriteNumber(int value)
    {
        for (int shift = 21; shift > 0; shift -= 7)
        {
            if (value >> shift > 0) WriteByte(0x80 | value >> shift & 0x7F);
        }
        WriteByte(value & 0x7F);
    }

    private void WriteByte(int value)
    {
        events.GetSpan(1)[0] = (byte)value;
        events.Advance(1);
    }
}
