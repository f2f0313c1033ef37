using System.Buffers.Binary;
using Etude.Music.Scores;
using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

public sealed class SoundFontTests(PianoFixture piano) : IClassFixture<PianoFixture>
{
    [Fact]
    public void Reads_what_the_writer_wrote()
    {
        Assert.Equal("Etude Piano", piano.Font.Name);
        Assert.Equal(new SoundFontPreset(0, 0, "Etude Piano"), Assert.Single(piano.Font.Presets));
    }

    [Fact]
    public void Reads_zones_ranges_tuning_and_loops()
    {
        var writer = new SoundFontWriter("Test", "", "");
        short[] points = [.. Enumerable.Range(0, 100).Select(i => (short)(100 * i))];
        int sample = writer.AddStereo("Ramp", points, points, 22_050, rootKey: 64, loopStart: 10, loopEnd: 90);
        writer.AddZone((SoundFontGenerator.Pan, -500), (SoundFontGenerator.FineTune, 7));
        writer.AddZone((SoundFontGenerator.KeyRange, 70 << 8 | 50), (SoundFontGenerator.VelocityRange, 99 << 8 | 20),
            (SoundFontGenerator.CoarseTune, -1), (SoundFontGenerator.SampleModes, 1), (SoundFontGenerator.Sample, sample));
        writer.AddZone((SoundFontGenerator.FineTune, -3), (SoundFontGenerator.Sample, sample + 1));
        var regions = SoundFont.Read(writer.ToBytes()).RegionsOf(0, isDrums: false);

        Assert.Equal(2, regions.Length);
        Assert.Equal((50, 70, 20, 99), (regions[0].LowKey, regions[0].HighKey, regions[0].LowVelocity, regions[0].HighVelocity));
        Assert.Equal((-93.0, 64, 22_050), (regions[0].TuneCents, regions[0].RootKey, regions[0].SampleRate));
        Assert.Equal((10, 80, 100), (regions[0].LoopStart - regions[0].Start, regions[0].LoopEnd - regions[0].LoopStart, regions[0].End - regions[0].Start));
        // The global zone holds for what says nothing else.
        Assert.Equal((-500, -3.0), (regions[1].Zone[SoundFontGenerator.Pan], regions[1].TuneCents));
        Assert.Equal((0, 127), (regions[1].LowKey, regions[1].HighKey));
        Assert.Equal(regions[1].LoopStart, regions[1].LoopEnd);
    }

    [Fact]
    public void Reads_an_installed_font()
    {
        if (SoundFonts.Locate(null).Path is not { } path)
        {
            Assert.Skip("No SF2 sound font is installed on this system.");
            return;
        }
        var font = SoundFont.Read(path);
        var audio = Renderer.Render(Score.Piano([new Note(Tick.Zero, new(1920), 69, 90)]), font);
        Assert.Equal(0, 1200 * Math.Log2(Spectrum.Peak(audio.Left.AsSpan(4000, 1 << 15), audio.SampleRate, 440) / 440), 8.0);
    }

    [Fact]
    public void Another_program_falls_back_to_what_there_is()
    {
        Assert.Equal(piano.Font.RegionsOf(0, false), piano.Font.RegionsOf(42, false));
        Assert.Empty(piano.Font.RegionsOf(0, isDrums: true));
    }

    [Fact]
    public void Refuses_what_is_no_sound_font()
    {
        Assert.Contains("not a SoundFont", Assert.Throws<SoundFontFormatException>(() => SoundFont.Read("MThd but not a font"u8)).Message, StringComparison.Ordinal);
        Assert.Throws<SoundFontFormatException>(() => SoundFont.Read([]));
    }

    [Fact]
    public void Says_that_compressed_fonts_are_not_read()
    {
        byte[] bytes = Tiny();
        int headers = bytes.AsSpan().LastIndexOf("shdr"u8) + 8;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(headers + 44), 0x11);
        Assert.Contains("SF3", Assert.Throws<SoundFontFormatException>(() => SoundFont.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_is_refused()
    {
        byte[] bytes = Tiny();
        for (int length = 0; length < bytes.Length; length += 7)
        {
            byte[] cut = bytes[..length];
            Assert.Throws<SoundFontFormatException>(() => SoundFont.Read(cut));
        }
    }

    [Fact]
    public void Damage_is_refused_or_harmless()
    {
        byte[] bytes = Tiny();
        var random = new Random(20);
        int refused = 0, sounded = 0;
        for (int round = 0; round < 4000; round++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                // Most of the file is samples; aim at the tables, which come last.
                int at = random.Next(3) == 0 ? random.Next(damaged.Length) : damaged.Length - 1 - random.Next(600);
                damaged[at] = (byte)random.Next(256);
            }
            try
            {
                var font = SoundFont.Read(damaged);
                var audio = Renderer.Render(Score.Piano([new Note(Tick.Zero, new(20), (byte)random.Next(128), 90)]), font, PianoFixture.Dry with { SampleRate = 8000 });
                sounded++;
                Assert.DoesNotContain(audio.Left, sample => !float.IsFinite(sample));
            }
            catch (SoundFontFormatException)
            {
                refused++;
            }
        }
        Assert.True(refused > 200 && sounded > 200, $"{refused} refused, {sounded} sounded");
    }

    private static byte[] Tiny()
    {
        var writer = new SoundFontWriter("Tiny", "", "");
        short[] points = [.. Enumerable.Range(0, 200).Select(i => (short)(8000 * Math.Sin(i * 0.1)))];
        int sample = writer.AddStereo("Sine", points, points, 8000, 60, 20, 180);
        foreach (int side in (int[])[0, 1])
            writer.AddZone((SoundFontGenerator.KeyRange, 127 << 8), (SoundFontGenerator.VolumeDecay, 1000), (SoundFontGenerator.SampleModes, 1), (SoundFontGenerator.Sample, sample + side));
        return writer.ToBytes();
    }
}
