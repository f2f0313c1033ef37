using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

public sealed class WavTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"etude-{Guid.NewGuid():N}.wav");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(WavFormat.Pcm16, 1.6 / 32768)]
    [InlineData(WavFormat.Pcm24, 0.6 / 8388608)]
    [InlineData(WavFormat.Float32, 0)]
    public void Reads_what_it_wrote(WavFormat format, double step)
    {
        var random = new Random(3);
        float[] left = [.. Enumerable.Range(0, 9999).Select(_ => random.NextSingle() * 2 - 1)], right = [.. left.Reverse()];
        Wav.Write(path, left, right, 48_000, format);
        var read = Wav.Read(path);
        Assert.Equal(48_000, read.SampleRate);
        Assert.Equal(left.Length, read.Length);
        for (int i = 0; i < left.Length; i++)
        {
            Assert.Equal(left[i], read.Left[i], step);
            Assert.Equal(right[i], read.Right[i], step);
        }
    }

    [Fact]
    public void Dither_keeps_what_lies_below_the_last_bit()
    {
        // A constant of a third of a step would be rounded away.
        float[] faint = [.. Enumerable.Repeat(1f / 3 / 32767, 100_000)];
        Wav.Write(path, faint, faint, 44_100);
        Assert.Equal(1.0 / 3, Wav.Read(path).Left.Average(sample => sample * 32767.0), 0.02);
    }

    [Fact]
    public void Silence_stays_silent_and_equal_sounds_give_equal_files()
    {
        var audio = new StereoAudio(new float[100], [.. Enumerable.Repeat(0.3f, 100)], 44_100);
        using MemoryStream once = new(), twice = new();
        Wav.Write(once, audio);
        Wav.Write(twice, audio);
        Assert.Equal(once.ToArray(), twice.ToArray());
        Wav.Write(path, audio);
        Assert.All(Wav.Read(path).Left, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void What_is_too_loud_clips()
    {
        Wav.Write(path, [2f, -2f], [0, 0], 44_100, WavFormat.Pcm24);
        Assert.Equal([1f, -1f], Wav.Read(path).Left, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RIFF....WAVE")]
    [InlineData("RIFF....WAVEfmt \u0010\0\0\0\u0002\0\u0002\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Refuses_other_files(string text)
    {
        File.WriteAllText(path, text);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Wav.Read(path)).Message, StringComparison.Ordinal);
    }
}
