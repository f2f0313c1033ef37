using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Etude.Music.Scores;

namespace Etude.Corpora.Caching;

/// <summary>
/// A score as bytes and back, as fast as memory is copied. The layout is that of the structures in memory: it is meant for a
/// cache on the same machine, which is thrown away when the program changes.
/// </summary>
internal static class ScoreBytes
{
    public static byte[] Write(Score score)
    {
        using var stream = new MemoryStream(64 + 12 * score.NoteCount);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(score.TicksPerQuarter);
        WriteAll(writer, score.Tempos.AsSpan());
        WriteAll(writer, score.Meters.AsSpan());
        WriteAll(writer, score.KeySignatures.AsSpan());
        writer.Write(score.Texts.Length);
        foreach (string text in score.Texts) writer.Write(text);
        writer.Write(score.Tracks.Length);
        foreach (Track track in score.Tracks)
        {
            writer.Write(track.Name);
            writer.Write(track.Program);
            writer.Write(track.IsDrums);
            WriteAll(writer, track.Notes.AsSpan());
            WriteAll(writer, track.Pedals.AsSpan());
        }
        return stream.ToArray();
    }

    public static Score Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return new Score
        {
            TicksPerQuarter = reader.ReadInt32(),
            Tempos = ReadAll<Tempo>(reader),
            Meters = ReadAll<Meter>(reader),
            KeySignatures = ReadAll<KeySignature>(reader),
            Texts = ReadMany(reader, static reader => reader.ReadString()),
            Tracks = ReadMany(reader, static reader => new Track
            {
                Name = reader.ReadString(),
                Program = reader.ReadInt32(),
                IsDrums = reader.ReadBoolean(),
                Notes = ReadAll<Note>(reader),
                Pedals = ReadAll<Pedal>(reader),
            }),
        };
    }

    private static void WriteAll<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    private static ImmutableArray<T> ReadAll<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private static ImmutableArray<T> ReadMany<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var values = new T[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = read(reader);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
