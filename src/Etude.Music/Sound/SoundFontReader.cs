using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Etude.Music.Sound;

/// <summary>
/// Reads the RIFF tree of a sound font and flattens presets and instruments to regions. Every index and size is
/// checked before it is used, because the file may come from anywhere.
/// </summary>
internal ref struct SoundFontReader
{
    // A font of a thousand presets has some ten thousand; a hostile one could multiply its zones without end.
    private const int MaximumRegions = 200_000;
    private const int PresetBytes = 38, InstrumentBytes = 22, BagBytes = 4, GeneratorBytes = 4, SampleBytes = 46;
    private const int Margin = 2 * Interpolation.Margin;
    private const ushort RomSample = 0x8000, CompressedSample = 0x10;

    private readonly string? path;
    private string name = "";
    private ReadOnlySpan<byte> pool, presetHeaders, presetBags, presetGenerators;
    private ReadOnlySpan<byte> instruments, instrumentBags, instrumentGenerators, sampleHeaders;

    private SoundFontReader(string? path) => this.path = path;

    public static SoundFont Read(ReadOnlySpan<byte> bytes, string? path)
    {
        var reader = new SoundFontReader(path);
        reader.ReadChunks(bytes);
        var stored = MemoryMarshal.Cast<byte, short>(reader.pool);
        // Silence on both sides lets the interpolation look beyond the first and last sample.
        short[] samples = new short[stored.Length + 2 * Margin];
        stored.CopyTo(samples.AsSpan(Margin));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(samples, samples);
        return new SoundFont(reader.name, samples, reader.Presets(stored.Length));
    }

    private void ReadChunks(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("sfbk"u8))
            throw Fault("this is not a SoundFont 2 file (no RIFF sfbk at its start).");
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            var body = Body(bytes, at, out int next);
            if (bytes.Slice(at, 4).SequenceEqual("LIST"u8) && body.Length >= 4) ReadList(body, at + 8);
            at = next;
        }
        if (pool.Length < 2) throw Fault("it holds no 16-bit samples (chunk smpl).");
        CheckTable("phdr", presetHeaders, PresetBytes);
        CheckTable("pbag", presetBags, BagBytes);
        CheckTable("pgen", presetGenerators, GeneratorBytes);
        CheckTable("inst", instruments, InstrumentBytes);
        CheckTable("ibag", instrumentBags, BagBytes);
        CheckTable("igen", instrumentGenerators, GeneratorBytes);
        CheckTable("shdr", sampleHeaders, SampleBytes);
    }

    private void ReadList(ReadOnlySpan<byte> list, int offset)
    {
        for (int at = 4; at + 8 <= list.Length;)
        {
            var id = list.Slice(at, 4);
            var body = Body(list, at, out int next, offset);
            if (id.SequenceEqual("INAM"u8)) name = Text(body);
            else if (id.SequenceEqual("smpl"u8)) pool = body[..(body.Length & ~1)];
            else if (id.SequenceEqual("phdr"u8)) presetHeaders = body;
            else if (id.SequenceEqual("pbag"u8)) presetBags = body;
            else if (id.SequenceEqual("pgen"u8)) presetGenerators = body;
            else if (id.SequenceEqual("inst"u8)) instruments = body;
            else if (id.SequenceEqual("ibag"u8)) instrumentBags = body;
            else if (id.SequenceEqual("igen"u8)) instrumentGenerators = body;
            else if (id.SequenceEqual("shdr"u8)) sampleHeaders = body;
            at = next;
        }
    }

    private readonly ReadOnlySpan<byte> Body(ReadOnlySpan<byte> parent, int at, out int next, int offset = 0)
    {
        long size = BinaryPrimitives.ReadUInt32LittleEndian(parent[(at + 4)..]);
        if (size > parent.Length - at - 8)
            throw Fault($"chunk {Text(parent.Slice(at, 4))} at byte {offset + at} says {size} bytes and {parent.Length - at - 8} are left; the file is cut short.");
        next = (int)Math.Min(at + 8 + size + (size & 1), parent.Length);
        return parent.Slice(at + 8, (int)size);
    }

    private readonly void CheckTable(string chunk, ReadOnlySpan<byte> table, int recordBytes)
    {
        if (table.Length < recordBytes || table.Length % recordBytes != 0)
            throw Fault($"chunk {chunk} is missing or has {table.Length} bytes, not a multiple of {recordBytes}.");
    }

    private readonly Dictionary<SoundFontPreset, ImmutableArray<SoundFontRegion>> Presets(int sampleCount)
    {
        var result = new Dictionary<SoundFontPreset, ImmutableArray<SoundFontRegion>>();
        var taken = new HashSet<(int, int)>();
        int regionCount = 0;
        // Every table ends in a record that only closes the one before it.
        for (int i = 0; i < presetHeaders.Length / PresetBytes - 1; i++)
        {
            var header = presetHeaders.Slice(i * PresetBytes, PresetBytes);
            var preset = new SoundFontPreset(Word(header, 22), Word(header, 20), Text(header[..20]));
            var regions = ImmutableArray.CreateBuilder<SoundFontRegion>();
            var presetZones = Zones(presetBags, presetGenerators, Word(header, 24), Word(presetHeaders, (i + 1) * PresetBytes + 24),
                SoundFontGenerator.Instrument, new SoundFontZone(), $"preset {preset.Name}");
            foreach (var presetZone in presetZones)
            {
                int instrument = (ushort)presetZone[SoundFontGenerator.Instrument];
                if (instrument >= instruments.Length / InstrumentBytes - 1)
                    throw Fault($"preset {preset.Name} names instrument {instrument}, and there are {instruments.Length / InstrumentBytes - 1}.");
                var instrumentZones = Zones(instrumentBags, instrumentGenerators,
                    Word(instruments, instrument * InstrumentBytes + 20), Word(instruments, (instrument + 1) * InstrumentBytes + 20),
                    SoundFontGenerator.Sample, SoundFontZone.Defaults(), $"instrument {instrument}");
                foreach (var zone in instrumentZones)
                {
                    if (++regionCount > MaximumRegions) throw Fault($"its zones make more than {MaximumRegions} regions.");
                    if (Region(zone.RaisedBy(presetZone), sampleCount) is { } region) regions.Add(region);
                }
            }
            if (regions.Count > 0 && taken.Add((preset.Bank, preset.Program))) result[preset] = regions.ToImmutable();
        }
        return result.Count > 0 ? result : throw Fault("it has no preset that sounds.");
    }

    // The zones of one preset or instrument. A first zone without target is global: it holds for the rest.
    private readonly List<SoundFontZone> Zones(ReadOnlySpan<byte> bags, ReadOnlySpan<byte> generators, int first, int end,
        SoundFontGenerator target, SoundFontZone defaults, string owner)
    {
        if (end < first || end >= bags.Length / BagBytes)
            throw Fault($"{owner} has zones {first} to {end}, and there are {bags.Length / BagBytes - 1}.");
        var zones = new List<SoundFontZone>(end - first);
        for (int bag = first; bag < end; bag++)
        {
            int from = Word(bags, bag * BagBytes), to = Word(bags, (bag + 1) * BagBytes);
            if (to < from || to > generators.Length / GeneratorBytes)
                throw Fault($"zone {bag} of {owner} has generators {from} to {to}, and there are {generators.Length / GeneratorBytes}.");
            var zone = new SoundFontZone();
            for (int i = from; i < to; i++)
            {
                var generator = (SoundFontGenerator)Word(generators, i * GeneratorBytes);
                if (generator < SoundFontGenerator.Count) zone[generator] = (short)Word(generators, i * GeneratorBytes + 2);
            }
            if (zone.Has(target)) zones.Add(defaults.OverriddenBy(zone));
            else if (bag == first) defaults = defaults.OverriddenBy(zone);
        }
        return zones;
    }

    private readonly SoundFontRegion? Region(SoundFontZone zone, int sampleCount)
    {
        int sample = (ushort)zone[SoundFontGenerator.Sample];
        if (sample >= sampleHeaders.Length / SampleBytes - 1)
            throw Fault($"a zone names sample {sample}, and there are {sampleHeaders.Length / SampleBytes - 1}.");
        var header = sampleHeaders.Slice(sample * SampleBytes, SampleBytes);
        ushort type = Word(header, 44);
        if ((type & CompressedSample) != 0)
            throw Fault("its samples are Ogg Vorbis (SF3), which is not read here; convert it to SF2 (for example with sf3convert).");
        if ((type & RomSample) != 0) return null;

        long start = Long(header, 20) + Offset(zone, SoundFontGenerator.StartOffset, SoundFontGenerator.StartCoarseOffset);
        long end = Long(header, 24) + Offset(zone, SoundFontGenerator.EndOffset, SoundFontGenerator.EndCoarseOffset);
        long loopStart = Long(header, 28) + Offset(zone, SoundFontGenerator.LoopStartOffset, SoundFontGenerator.LoopStartCoarseOffset);
        long loopEnd = Long(header, 32) + Offset(zone, SoundFontGenerator.LoopEndOffset, SoundFontGenerator.LoopEndCoarseOffset);
        long rate = Long(header, 36);
        if (start < 0 || end > sampleCount)
            throw Fault($"sample {Text(header[..20])} lies at {start} to {end}, and there are {sampleCount} samples.");
        if (rate is < 100 or > 400_000) throw Fault($"sample {Text(header[..20])} has a rate of {rate} Hz.");
        if (end - start < 2) return null;

        int mode = zone[SoundFontGenerator.SampleModes] & 3;
        bool loops = mode is 1 or 3 && loopStart >= start && loopEnd <= end && loopEnd - loopStart >= 2;
        int root = zone[SoundFontGenerator.RootKey] is >= 0 and <= 127 and var given ? given : header[40] <= 127 ? header[40] : 60;
        int keys = zone[SoundFontGenerator.KeyRange], velocities = zone[SoundFontGenerator.VelocityRange];
        return new SoundFontRegion
        {
            LowKey = keys & 0xFF,
            HighKey = keys >> 8 & 0xFF,
            LowVelocity = velocities & 0xFF,
            HighVelocity = velocities >> 8 & 0xFF,
            Start = Margin + (int)start,
            End = Margin + (int)end,
            LoopStart = Margin + (int)(loops ? loopStart : end),
            LoopEnd = Margin + (int)(loops ? loopEnd : end),
            LoopsUntilRelease = mode == 3,
            SampleRate = (int)rate,
            RootKey = root,
            TuneCents = 100.0 * zone[SoundFontGenerator.CoarseTune] + zone[SoundFontGenerator.FineTune] + (sbyte)header[41],
            CentsPerKey = zone[SoundFontGenerator.ScaleTuning],
            Zone = zone,
        };
    }

    private static int Offset(SoundFontZone zone, SoundFontGenerator fine, SoundFontGenerator coarse) => zone[fine] + 32768 * zone[coarse];

    private static ushort Word(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadUInt16LittleEndian(table[at..]);

    private static long Long(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadUInt32LittleEndian(table[at..]);

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }

    private readonly SoundFontFormatException Fault(string fault) => new(path, fault);
}
