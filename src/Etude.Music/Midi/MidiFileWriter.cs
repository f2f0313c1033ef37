using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Etude.Music.Scores;

namespace Etude.Music.Midi;

/// <summary>Lays a score out as a format 1 file: a track for the tempo map and texts, then one for each part.</summary>
internal static class MidiFileWriter
{
    private const int MelodicChannels = 15;

    public static byte[] ToBytes(Score score)
    {
        if (score.FirstFault() is { } fault) throw new ArgumentException($"The score cannot be written as MIDI; it has {fault}.", nameof(score));
        int trackCount = 1 + score.Tracks.Length;
        if (trackCount > ushort.MaxValue) throw new ArgumentException($"A MIDI file holds no {trackCount} tracks.", nameof(score));
        var file = new ArrayBufferWriter<byte>();
        file.Write(MidiBytes.HeaderChunk);
        Span<byte> header = file.GetSpan(10)[..10];
        BinaryPrimitives.WriteInt32BigEndian(header, 6);
        BinaryPrimitives.WriteInt16BigEndian(header[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)trackCount);
        BinaryPrimitives.WriteInt16BigEndian(header[8..], (short)score.TicksPerQuarter);
        file.Advance(10);

        WriteConductor(score).Finish(file);
        int drumTracks = 0, melodicTracks = 0;
        foreach (Track track in score.Tracks)
        {
            // Fifteen channels for each port, and on each port one for drums, so that no two parts share a channel.
            (int port, int channel) = track.IsDrums
                ? (drumTracks++, MidiBytes.DrumChannel)
                : Math.DivRem(melodicTracks++, MelodicChannels);
            if (!track.IsDrums && channel >= MidiBytes.DrumChannel) channel++;
            WritePart(track, port & 0x7F, channel).Finish(file);
        }
        return file.WrittenSpan.ToArray();
    }

    private static MidiTrackWriter WriteConductor(Score score)
    {
        var writer = new MidiTrackWriter();
        foreach (string text in score.Texts) writer.WriteMeta(0, MidiBytes.MetaText, Encoding.UTF8.GetBytes(text));
        var events = new List<(Tick Onset, int Type, byte[] Data)>();
        foreach (Meter meter in score.Meters)
        {
            // 24 MIDI clocks to a metronome click, 8 thirty-second notes to a quarter note.
            byte[] data = [(byte)meter.Numerator, (byte)BitOperations.Log2((uint)meter.Denominator), 24, 8];
            events.Add((meter.Onset, MidiBytes.MetaMeter, data));
        }
        foreach (KeySignature key in score.KeySignatures)
        {
            events.Add((key.Onset, MidiBytes.MetaKey, [(byte)(sbyte)key.Sharps, (byte)(key.IsMinor ? 1 : 0)]));
        }
        foreach (Tempo tempo in score.Tempos)
        {
            int duration = tempo.MicrosecondsPerQuarter;
            events.Add((tempo.Onset, MidiBytes.MetaTempo, [(byte)(duration >> 16), (byte)(duration >> 8), (byte)duration]));
        }
        foreach ((Tick onset, int type, byte[] data) in events.OrderBy(entry => entry.Onset)) writer.WriteMeta(onset.Value, type, data);
        return writer;
    }

    private static MidiTrackWriter WritePart(Track track, int port, int channel)
    {
        var writer = new MidiTrackWriter();
        if (port > 0) writer.WriteMeta(0, MidiBytes.MetaPort, (byte)port);
        if (track.Name.Length > 0) writer.WriteMeta(0, MidiBytes.MetaTrackName, Encoding.UTF8.GetBytes(track.Name));
        writer.Write(0, MidiBytes.ProgramChange | channel, track.Program, 0);

        // Three queues in the order of time; at one tick keys go up, then the pedal moves, then keys go down.
        var ends = track.Notes.Select(note => (long)note.End.Value << 7 | note.Pitch).ToArray();
        Array.Sort(ends);
        var pedalMoves = track.Pedals.SelectMany(pedal => new[] { (Tick: pedal.Onset.Value, Value: 127), (Tick: pedal.End.Value, Value: 0) }).ToArray();
        int end = 0, pedal = 0, begin = 0;
        while (end < ends.Length || pedal < pedalMoves.Length)
        {
            int endTick = end < ends.Length ? (int)(ends[end] >> 7) : int.MaxValue;
            int pedalTick = pedal < pedalMoves.Length ? pedalMoves[pedal].Tick : int.MaxValue;
            int beginTick = begin < track.Notes.Length ? track.Notes[begin].Onset.Value : int.MaxValue;
            if (endTick <= pedalTick && endTick <= beginTick)
            {
                writer.Write(endTick, MidiBytes.NoteOn | channel, (int)(ends[end++] & 0x7F), 0); // velocity 0 ends a note
            }
            else if (pedalTick <= beginTick)
            {
                writer.Write(pedalTick, MidiBytes.Controller | channel, MidiBytes.SustainPedal, pedalMoves[pedal++].Value);
            }
            else
            {
                Note note = track.Notes[begin++];
                writer.Write(beginTick, MidiBytes.NoteOn | channel, note.Pitch, note.Velocity);
            }
        }
        return writer;
    }
}
