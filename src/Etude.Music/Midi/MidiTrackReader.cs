using System.Buffers.Binary;

namespace Etude.Music.Midi;

/// <summary>How the bytes of a track came to an end.</summary>
internal enum MidiTrackEnd
{
    Marked,   // by the end-of-track event
    Unmarked, // by running out of bytes between two events
    LeftOut,  // by an event that could not be read; already listed
}

/// <summary>Reads the events of one track chunk.</summary>
/// <param name="bytes">The whole file.</param>
/// <param name="start">Where the first event is.</param>
/// <param name="end">Where the track must have ended.</param>
/// <param name="startTick">The tick of the track's beginning.</param>
/// <param name="lastTick">No event may be later than this.</param>
/// <param name="notes">Takes the notes.</param>
/// <param name="score">Takes all else.</param>
/// <param name="repairs">Takes the faults.</param>
internal ref struct MidiTrackReader(
    ReadOnlySpan<byte> bytes, int start, int end, int startTick, int lastTick,
    MidiNotes notes, MidiScoreBuilder score, MidiRepairs repairs)
{
    private const string Rest = "the rest of the track is left out";

    private readonly ReadOnlySpan<byte> bytes = bytes[..end];
    private int at = start;
    private int tick = startTick;
    private int status;
    private bool statusCancelled;

    /// <summary>Where reading stopped.</summary>
    public readonly int Position => at;

    /// <summary>The tick of the last event.</summary>
    public readonly int Tick => tick;

    public MidiTrackEnd Read()
    {
        while (at < bytes.Length)
        {
            int offset = at;
            if (!TryReadNumber(out int delta)) return LeaveOutNumber(offset);
            if (delta > lastTick - tick)
            {
                repairs.Add(MidiFault.TooLong, offset, "the track goes on beyond the longest piece allowed", Rest);
                return MidiTrackEnd.LeftOut;
            }
            tick += delta;
            if (at >= bytes.Length) return LeaveOutTruncated(offset);

            offset = at;
            int first = bytes[at];
            if (first < 0x80)
            {
                if (status == 0)
                {
                    repairs.Add(MidiFault.UnreadableEvent, offset, "a track begins with a data byte, where a status must stand", Rest);
                    return MidiTrackEnd.LeftOut;
                }
                if (statusCancelled)
                {
                    statusCancelled = false;
                    repairs.Add(MidiFault.CarriedRunningStatus, offset,
                        "running status is used after an event that cancels it", "the status from before is used");
                }
            }
            else
            {
                at++;
                if (first >= 0xF0)
                {
                    if (ReadSystemEvent(first, offset) is { } ended) return ended;
                    continue;
                }
                status = first;
                statusCancelled = false;
            }
            if (ReadChannelEvent(offset) is { } broken) return broken;
        }
        return MidiTrackEnd.Unmarked;
    }

    private MidiTrackEnd? ReadChannelEvent(int offset)
    {
        int kind = status & 0xF0, channel = status & 0x0F;
        bool isShort = kind is MidiBytes.ProgramChange or MidiBytes.ChannelPressure;
        if (bytes.Length - at < (isShort ? 1 : 2)) return LeaveOutTruncated(offset);
        int first = bytes[at++];
        int second = isShort ? 0 : bytes[at++];
        if ((first | second) >= 0x80)
        {
            repairs.Add(MidiFault.UnreadableEvent, offset, "a status byte stands where a data byte must", Rest);
            return MidiTrackEnd.LeftOut;
        }
        switch (kind)
        {
            case MidiBytes.NoteOn when second > 0: notes.Begin(channel, first, second, tick, offset); break;
            case MidiBytes.NoteOn or MidiBytes.NoteOff: notes.End(channel, first, tick); break;
            case MidiBytes.ProgramChange: notes.SetProgram(channel, first); break;
            case MidiBytes.Controller: ReadController(channel, first, second); break;
        }
        return null;
    }

    private readonly void ReadController(int channel, int controller, int value)
    {
        if (controller == MidiBytes.SustainPedal) score.AddPedal(channel, tick, value >= 64);
        else if (controller == MidiBytes.ResetControllers) score.AddPedal(channel, tick, isDown: false);
        else if (controller is MidiBytes.AllSoundOff or >= MidiBytes.AllNotesOff) notes.EndAll(channel, tick);
    }

    private MidiTrackEnd? ReadSystemEvent(int first, int offset)
    {
        if (first is not (MidiBytes.Meta or MidiBytes.SystemExclusive or MidiBytes.SystemExclusiveMore))
        {
            repairs.Add(MidiFault.IllegalStatus, offset, "a status that belongs on a cable stands in the file", "it is skipped");
            statusCancelled |= first < 0xF8; // real-time messages leave running status alone
            int dataBytes = first switch { 0xF1 or 0xF3 => 1, 0xF2 => 2, _ => 0 };
            if (bytes.Length - at < dataBytes) return LeaveOutTruncated(offset);
            at += dataBytes;
            return null;
        }
        statusCancelled = true;
        int type = 0;
        if (first == MidiBytes.Meta)
        {
            if (at >= bytes.Length) return LeaveOutTruncated(offset);
            type = bytes[at++];
        }
        int numberAt = at;
        if (!TryReadNumber(out int length)) return LeaveOutNumber(numberAt);
        if (length > bytes.Length - at) return LeaveOutTruncated(offset);
        ReadOnlySpan<byte> data = bytes.Slice(at, length);
        at += length;
        if (first != MidiBytes.Meta) return null;
        if (type == MidiBytes.MetaEndOfTrack) return MidiTrackEnd.Marked;
        ReadMeta(type, data, offset);
        return null;
    }

    private readonly void ReadMeta(int type, ReadOnlySpan<byte> data, int offset)
    {
        bool isRead = true;
        switch (type)
        {
            case MidiBytes.MetaText or MidiBytes.MetaCopyright: score.AddText(tick, data); break;
            case MidiBytes.MetaTrackName: score.SetTrackName(data); break;
            case MidiBytes.MetaPort when data.Length == 1: score.SetPort(data[0]); break;
            case MidiBytes.MetaTempo:
                isRead = data.Length == 3 && score.TryAddTempo(tick, BinaryPrimitives.ReadUInt16BigEndian(data) << 8 | data[2]);
                break;
            // Some writers leave out the last two bytes, which say nothing about the bar.
            case MidiBytes.MetaMeter: isRead = data.Length >= 2 && score.TryAddMeter(tick, data[0], data[1]); break;
            case MidiBytes.MetaKey: isRead = data.Length == 2 && score.TryAddKey(tick, (sbyte)data[0], data[1]); break;
        }
        if (!isRead)
        {
            repairs.Add(MidiFault.BadMetaEvent, offset,
                "a tempo, time signature or key signature has a value that does not exist", "it is left out");
        }
    }

    private bool TryReadNumber(out int value)
    {
        value = 0;
        for (int count = 0; count < 4 && at < bytes.Length; count++)
        {
            int next = bytes[at++];
            value = value << 7 | next & 0x7F;
            if (next < 0x80) return true;
        }
        return false;
    }

    private readonly MidiTrackEnd LeaveOutNumber(int offset)
    {
        if (at - offset < 4) return LeaveOutTruncated(offset);
        repairs.Add(MidiFault.UnreadableEvent, offset, "a number has more than four bytes", Rest);
        return MidiTrackEnd.LeftOut;
    }

    private readonly MidiTrackEnd LeaveOutTruncated(int offset)
    {
        repairs.Add(MidiFault.Truncated, offset, "the bytes end in the middle of an event", "that event is left out");
        return MidiTrackEnd.LeftOut;
    }
}
