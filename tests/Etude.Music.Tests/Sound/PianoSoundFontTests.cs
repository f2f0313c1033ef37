using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

public sealed class PianoSoundFontTests(PianoFixture piano) : IClassFixture<PianoFixture>
{
    [Theory]
    [InlineData(33, 1 << 17)]
    [InlineData(47, 1 << 16)]
    [InlineData(60, 1 << 16)]
    [InlineData(69, 1 << 16)]
    [InlineData(81, 1 << 15)]
    [InlineData(96, 1 << 14)]
    public void Sounds_at_the_stretched_pitch(int key, int window)
    {
        var audio = piano.Strike(key, 80, 4);
        double expected = 440 * Math.Pow(2, (key - 69) / 12.0 + PianoString.StretchCents(key) / 1200);
        double found = Spectrum.Peak(audio.Left.AsSpan(2000, window), audio.SampleRate, expected);
        Assert.Equal(0, 1200 * Math.Log2(found / expected), 3.0);
    }

    [Fact]
    public void Stretch_is_that_of_a_tuned_grand()
    {
        // Railsback: flat by 10 to 30 cents at the bottom, sharp by 15 to 40 at the top, level in the middle.
        Assert.InRange(PianoString.StretchCents(21), -30, -10);
        Assert.InRange(PianoString.StretchCents(60), -2, 0);
        Assert.Equal(0, PianoString.StretchCents(69));
        Assert.InRange(PianoString.StretchCents(108), 15, 40);
    }

    [Theory]
    [InlineData(21, 10, 20)]
    [InlineData(69, 5, 9)]
    [InlineData(108, 0.3, 1.5)]
    public void Decays_by_60_decibels_in_the_time_of_a_grand(int key, double shortest, double longest)
    {
        var audio = piano.Strike(key, 90, longest + 1);
        double loudest = Enumerable.Range(0, 10).Max(i => Spectrum.Level(audio, i * 0.05, i * 0.05 + 0.05));
        double time = 0;
        while (time < longest + 1 && Spectrum.Level(audio, time, time + 0.05) > loudest - 60) time += 0.05;
        Assert.InRange(time, shortest, longest);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(60)]
    [InlineData(84)]
    public void Decays_fast_at_first_and_slowly_after(int key)
    {
        var audio = piano.Strike(key, 90, 4);
        double first = Spectrum.Level(audio, 0.05, 0.25) - Spectrum.Level(audio, 0.55, 0.75);
        double later = Spectrum.Level(audio, 2.05, 2.25) - Spectrum.Level(audio, 2.55, 2.75);
        Assert.InRange(later, 0.5, first);
        for (double time = 0.2; time < 3; time += 0.4)
            Assert.True(Spectrum.Level(audio, time + 0.4, time + 0.8) < Spectrum.Level(audio, time, time + 0.4), $"louder after {time:F1} s");
    }

    [Theory]
    [InlineData(36)]
    [InlineData(60)]
    [InlineData(76)]
    public void Is_louder_and_brighter_the_harder_it_is_struck(int key)
    {
        double level = double.NegativeInfinity, brightness = 0;
        for (int velocity = 15; velocity <= 127; velocity += 16)
        {
            var audio = piano.Strike(key, velocity, 1);
            double next = Spectrum.Level(audio, 0, 0.5), nextBrightness = Spectrum.Centroid(audio.Left.AsSpan(0, 16384), audio.SampleRate);
            Assert.True(next > level + 1, $"velocity {velocity}: {next:F1} dB after {level:F1}");
            Assert.True(nextBrightness > brightness, $"velocity {velocity}: {nextBrightness:F0} Hz after {brightness:F0}");
            (level, brightness) = (next, nextBrightness);
        }
    }

    [Fact]
    public void Neighbouring_velocities_never_sound_softer()
    {
        double level = double.NegativeInfinity;
        for (int velocity = 1; velocity <= 127; velocity += 3)
        {
            double next = Spectrum.Level(piano.Strike(62, velocity, 0.3), 0, 0.3);
            Assert.True(next > level, $"velocity {velocity}: {next:F2} dB after {level:F2}");
            level = next;
        }
    }

    [Fact]
    public void Keys_are_evenly_loud()
    {
        double[] levels = [.. Enumerable.Range(0, 88).Where(i => i % 3 == 0).Select(i => Spectrum.Level(piano.Strike(21 + i, 90, 0.5), 0, 0.5))];
        for (int i = 1; i < levels.Length; i++) Assert.InRange(levels[i] - levels[i - 1], -4, 4);
        Assert.InRange(levels.Max() - levels.Min(), 0, 12);
    }

    [Fact]
    public void Bass_stands_left_and_treble_right()
    {
        Assert.True(Balance(24) > 1);
        Assert.True(Balance(105) < -1);

        double Balance(int key)
        {
            var audio = piano.Strike(key, 80, 1);
            return 10 * Math.Log10(audio.Left.Sum(x => (double)x * x) / audio.Right.Sum(x => (double)x * x));
        }
    }

    [Fact]
    public void Loops_close_without_a_seam()
    {
        var font = piano.Font;
        foreach (var region in font.RegionsOf(0, isDrums: false))
        {
            // What follows the loop's end in the file is what follows its start, to the rounding of 16 bits.
            for (int i = 0; i < PianoTone.Guard; i++)
                Assert.InRange(font.Samples[region.LoopEnd + i] - font.Samples[region.LoopStart + i], -12, 12);
        }
    }

    [Fact]
    public void Neither_clips_nor_leans_to_one_side()
    {
        var samples = piano.Font.Samples;
        Assert.InRange(samples.Max(sample => Math.Abs((int)sample)), 20_000, 32_000);
        Assert.InRange(samples.Average(sample => (double)sample), -5, 5);
    }

    [Fact]
    public void Same_options_give_the_same_bytes_and_another_seed_another_piano()
    {
        var small = new PianoOptions { KeyStep = 12, VelocityLayers = 1, SampleRate = 22_050 };
        byte[] once = PianoSoundFont.Build(small);
        Assert.Equal(once, PianoSoundFont.Build(small));
        Assert.NotEqual(once, PianoSoundFont.Build(small with { Seed = 2 }));
    }

    [Theory]
    [InlineData(0, 3, 44_100)]
    [InlineData(4, 9, 44_100)]
    [InlineData(4, 3, 8_000)]
    public void Refuses_options_out_of_range(int step, int layers, int rate) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        PianoSoundFont.Build(new PianoOptions { KeyStep = step, VelocityLayers = layers, SampleRate = rate }));

    [Theory]
    [InlineData(5, 2)]
    [InlineData(12, 8)]
    public void Every_key_and_velocity_has_a_left_and_a_right(int step, int layers)
    {
        var font = SoundFont.Read(PianoSoundFont.Build(new PianoOptions { KeyStep = step, VelocityLayers = layers, SampleRate = 22_050 }));
        var regions = font.RegionsOf(0, isDrums: false);
        for (int key = 0; key < 128; key++)
        {
            for (int velocity = 1; velocity < 128; velocity++)
                Assert.Equal(2, regions.Count(region => region.Matches(key, velocity)));
        }
    }
}
