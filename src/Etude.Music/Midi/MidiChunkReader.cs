using System.Buffers.Binary;
using Etude.Music.Scores;

namespace Etude.Music.Midi;

/// <summary>Finds the header and the tracks among the chunks of a file, whatever lies between them.</summary>
internal readonly ref struct MidiChunkReader(ReadOnlySpan<byte> file, MidiReadOptions options, MidiRepairs repairs)
{
    private const int ChunkHeaderLength = 8;
    private const int FileHeaderLength = 14;

    private readonly ReadOnlySpan<byte> file = file;

    public MidiReading Read()
    {
        (int at, int end) = Unwrap();
        ReadOnlySpan<byte> bytes = file[..end]; // offsets stay those of the file
        int found = bytes[at..].IndexOf(MidiBytes.HeaderChunk);
        if (found < 0)
        {
            throw repairs.Fatal(MidiFault.NotMidi, at, file.IsEmpty ? "the file is empty" : "this is not a MIDI file, it has no MThd header",
                "choose a Standard MIDI File (.mid)");
        }
        if (found > 0) repairs.Add(MidiFault.JunkBytes, at, "bytes stand before the header", "they are skipped");
        at += found;
        if (bytes.Length - at < FileHeaderLength)
        {
            throw repairs.Fatal(MidiFault.Truncated, at, "the file ends inside its header", "get a whole copy of it");
        }

        uint headerLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
        int format = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 8)..]);
        int trackCount = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 10)..]);
        if (headerLength < 6 || headerLength > bytes.Length - at - ChunkHeaderLength)
        {
            repairs.Add(MidiFault.BadHeader, at + 4, "the header has a wrong length", "its six usual bytes are read");
            headerLength = 6;
        }
        if (format > 2) repairs.Add(MidiFault.BadHeader, at + 8, "the format is none of 0, 1 and 2", "it is read as 1");
        MidiDivision division = MidiDivision.Read(BinaryPrimitives.ReadInt16BigEndian(bytes[(at + 12)..]), at + 12, repairs);
        var score = new MidiScoreBuilder(division, format == 2);
        int read = ReadTracks(bytes, at + ChunkHeaderLength + (int)headerLength, score);

        if (read != trackCount)
        {
            repairs.BeginTrack(0);
            repairs.Add(MidiFault.WrongTrackCount, at + 10, "the header announces another number of tracks", "all tracks are read");
        }
        else if (format == 0 && read > 1)
        {
            repairs.BeginTrack(0);
            repairs.Add(MidiFault.WrongTrackCount, at + 10, "format 0 has more than one track", "they sound together");
        }
        return new(score.Build(), repairs.ToImmutable());
    }

    private int ReadTracks(ReadOnlySpan<byte> bytes, int at, MidiScoreBuilder score)
    {
        var notes = new MidiNotes(repairs);
        int lastTick = (int)Math.Min(ScoreRules.LastTick - 1, (long)options.MaximumQuarters * score.TicksPerQuarter);
        int trackCount = 0;
        while (bytes.Length - at >= ChunkHeaderLength)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
            if (!bytes[at..].StartsWith(MidiBytes.TrackChunk))
            {
                // Chunks of other kinds are lawful and are skipped; what is no chunk is junk up to the next track.
                bool isHeader = bytes[at..].StartsWith(MidiBytes.HeaderChunk);
                bool isChunk = IsChunkOrEnd(bytes, at);
                if (isHeader || !isChunk)
                {
                    repairs.BeginTrack(0);
                    repairs.Add(MidiFault.JunkBytes, at, "bytes stand between the tracks that belong to none", "they are skipped");
                }
                at = isChunk ? at + ChunkHeaderLength + (int)length : FindTrack(bytes, at);
                continue;
            }

            repairs.BeginTrack(++trackCount);
            int start = at + ChunkHeaderLength;
            bool fits = length <= bytes.Length - start;
            bool isTrusted = fits && IsChunkOrEnd(bytes, start + (int)length);
            if (!fits) repairs.Add(MidiFault.WrongTrackLength, at + 4, "a track is longer than the file", "it is read as far as it goes");
            int end = isTrusted ? start + (int)length : FindTrack(bytes, start);

            score.BeginTrack();
            var track = new MidiTrackReader(bytes, start, end, score.StartTick, lastTick, notes, score, repairs);
            MidiTrackEnd ending = track.Read();
            if (ending == MidiTrackEnd.Unmarked)
            {
                repairs.Add(MidiFault.MissingEndOfTrack, end, "a track lacks its end-of-track event", "it ends with its last event");
            }
            score.EndTrack(notes, track.Tick);

            at = isTrusted || ending == MidiTrackEnd.LeftOut ? end : track.Position;
            if (fits && ending == MidiTrackEnd.Marked && track.Position != start + (int)length)
            {
                repairs.Add(MidiFault.WrongTrackLength, start - 4, "a track ends elsewhere than its length says", "it is read to its end-of-track event");
            }
        }
        if (at < bytes.Length)
        {
            repairs.BeginTrack(0);
            repairs.Add(MidiFault.JunkBytes, at, "bytes stand after the last track", "they are skipped");
        }
        return trackCount;
    }

    // A place between chunks is believable where the file ends, or where a name of four printable characters stands
    // with a length that fits. A track may have any length: that fault is its own.
    private static bool IsChunkOrEnd(ReadOnlySpan<byte> bytes, int at)
    {
        ReadOnlySpan<byte> rest = bytes[at..];
        if (rest.IsEmpty || rest.StartsWith(MidiBytes.TrackChunk)) return true;
        return rest.Length >= ChunkHeaderLength && !rest[..4].ContainsAnyExceptInRange((byte)' ', (byte)'~')
            && BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) <= rest.Length - ChunkHeaderLength;
    }

    private static int FindTrack(ReadOnlySpan<byte> bytes, int from)
    {
        int found = bytes[from..].IndexOf(MidiBytes.TrackChunk);
        return found < 0 ? bytes.Length : from + found;
    }

    // A RIFF file of the form RMID keeps a whole MIDI file in its chunk "data". RIFF counts in little-endian.
    private (int Start, int End) Unwrap()
    {
        if (!file.StartsWith("RIFF"u8) || file.Length < 12 || !file[8..].StartsWith("RMID"u8)) return (0, file.Length);
        int at = 12;
        while (file.Length - at >= ChunkHeaderLength)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            int start = at + ChunkHeaderLength;
            bool fits = length <= file.Length - start;
            if (file[at..].StartsWith("data"u8))
            {
                if (!fits) repairs.Add(MidiFault.WrongTrackLength, at + 4, "the RIFF data is longer than the file", "it is read as far as it goes");
                return (start, fits ? start + (int)length : file.Length);
            }
            if (!fits) break;
            at = start + (int)length + (int)(length & 1);
        }
        return (12, file.Length);
    }
}
