using System.Text;

namespace Etude.Music.Sound;

/// <summary>Writes a SoundFont 2.04 file with one instrument as one preset.</summary>
internal sealed class SoundFontWriter(string name, string engineer, string comment)
{
    // The specification asks for at least 46 silent samples after each.
    private const int SilenceAfterSample = 46;

    private readonly List<StoredSample> samples = [];
    private readonly List<(SoundFontGenerator Generator, int Value)[]> zones = [];
    private int pooled;

    /// <summary>Adds the two sides of one sound, hard left and right; returns the number of the left one.</summary>
    public int AddStereo(string sampleName, short[] left, short[] right, int sampleRate, int rootKey, int loopStart, int loopEnd)
    {
        int first = samples.Count;
        foreach (bool isLeft in (ReadOnlySpan<bool>)[true, false])
        {
            samples.Add(new StoredSample(sampleName + (isLeft ? " L" : " R"), isLeft ? left : right, pooled, sampleRate,
                rootKey, loopStart, loopEnd, isLeft ? first + 1 : first, (ushort)(isLeft ? 4 : 2)));
            pooled += left.Length + SilenceAfterSample;
        }
        return first;
    }

    /// <summary>Adds a zone. The generators must stand in the specification's order: ranges first, the sample last.</summary>
    public void AddZone(params (SoundFontGenerator Generator, int Value)[] generators) => zones.Add(generators);

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream(pooled * 2 + 65536);
        using var writer = new BinaryWriter(stream, Encoding.Latin1);
        Chunk(writer, "RIFF", () =>
        {
            Tag(writer, "sfbk");
            Chunk(writer, "LIST", () => WriteInformation(writer));
            Chunk(writer, "LIST", () =>
            {
                Tag(writer, "sdta");
                Chunk(writer, "smpl", () => WriteSamples(writer));
            });
            Chunk(writer, "LIST", () => WriteTables(writer));
        });
        writer.Flush();
        return stream.ToArray();
    }

    private void WriteInformation(BinaryWriter writer)
    {
        Tag(writer, "INFO");
        Chunk(writer, "ifil", () => Words(writer, 2, 4));
        Chunk(writer, "isng", () => Text(writer, "EMU8000"));
        Chunk(writer, "INAM", () => Text(writer, name));
        Chunk(writer, "IENG", () => Text(writer, engineer));
        Chunk(writer, "ICMT", () => Text(writer, comment));
    }

    private void WriteSamples(BinaryWriter writer)
    {
        foreach (var sample in samples)
        {
            foreach (short point in sample.Points) writer.Write(point);
            for (int i = 0; i < SilenceAfterSample; i++) writer.Write((short)0);
        }
    }

    private void WriteTables(BinaryWriter writer)
    {
        Tag(writer, "pdta");
        Chunk(writer, "phdr", () =>
        {
            Name(writer, name);
            Words(writer, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            Name(writer, "EOP");
            Words(writer, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        });
        Chunk(writer, "pbag", () => Words(writer, 0, 0, 1, 0));
        Chunk(writer, "pmod", () => Words(writer, 0, 0, 0, 0, 0));
        Chunk(writer, "pgen", () => Words(writer, (int)SoundFontGenerator.Instrument, 0, 0, 0));
        Chunk(writer, "inst", () =>
        {
            Name(writer, name);
            Words(writer, 0);
            Name(writer, "EOI");
            Words(writer, zones.Count);
        });
        Chunk(writer, "ibag", () =>
        {
            int generators = 0;
            foreach (var zone in zones)
            {
                Words(writer, generators, 0);
                generators += zone.Length;
            }
            Words(writer, generators, 0);
        });
        Chunk(writer, "imod", () => Words(writer, 0, 0, 0, 0, 0));
        Chunk(writer, "igen", () =>
        {
            foreach (var (generator, value) in zones.SelectMany(zone => zone)) Words(writer, (int)generator, value);
            Words(writer, 0, 0);
        });
        Chunk(writer, "shdr", () => WriteSampleHeaders(writer));
    }

    private void WriteSampleHeaders(BinaryWriter writer)
    {
        foreach (var sample in samples)
        {
            Name(writer, sample.Name);
            writer.Write(sample.Start);
            writer.Write(sample.Start + sample.Points.Length);
            writer.Write(sample.Start + sample.LoopStart);
            writer.Write(sample.Start + sample.LoopEnd);
            writer.Write(sample.SampleRate);
            writer.Write((byte)sample.RootKey);
            writer.Write((sbyte)0);
            Words(writer, sample.Link, sample.Type);
        }
        Name(writer, "EOS");
        writer.Write(new byte[26]);
    }

    private static void Chunk(BinaryWriter writer, string tag, Action body)
    {
        Tag(writer, tag);
        writer.Write(0);
        long start = writer.Seek(0, SeekOrigin.Current);
        body();
        long end = writer.Seek(0, SeekOrigin.Current);
        writer.Seek((int)start - 4, SeekOrigin.Begin);
        writer.Write((uint)(end - start));
        writer.Seek((int)end, SeekOrigin.Begin);
        if ((end & 1) != 0) writer.Write((byte)0);
    }

    private static void Tag(BinaryWriter writer, string tag) => writer.Write(Encoding.Latin1.GetBytes(tag));

    private static void Text(BinaryWriter writer, string text)
    {
        // Ends in one or two zeros, so that the length is even.
        writer.Write(Encoding.Latin1.GetBytes(text));
        writer.Write(new byte[2 - text.Length % 2]);
    }

    private static void Name(BinaryWriter writer, string text)
    {
        byte[] field = new byte[20];
        Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(text.Length, 19)), field);
        writer.Write(field);
    }

    private static void Words(BinaryWriter writer, params ReadOnlySpan<int> words)
    {
        foreach (int word in words) writer.Write((ushort)word);
    }

    private sealed record StoredSample(string Name, short[] Points, int Start, int SampleRate, int RootKey,
        int LoopStart, int LoopEnd, int Link, ushort Type);
}
