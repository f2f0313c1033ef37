using System.Numerics;

namespace Etude.Music.Sound;

/// <summary>
/// A small hall: eight delay lines fed back through a Hadamard matrix, each losing treble faster than bass
/// (J.-M. Jot, A. Chaigne, Digital delay networks for designing artificial reverberators, AES 1991). Blocks are
/// shorter than the shortest line, so a whole block of echoes is known before any of it is fed back.
/// </summary>
internal sealed class Reverb
{
    private const int Lines = 8;
    private const double DecaySeconds = 1.3;
    private const float Treble = 0.75f;

    // Milliseconds, without common divisors, so that echoes do not fall together.
    private static ReadOnlySpan<double> Delays => [29.7, 34.1, 37.9, 41.3, 45.1, 49.7, 53.9, 59.3];

    private readonly float[][] lines = new float[Lines][], echoes = new float[Lines][];
    private readonly int[] places = new int[Lines];
    private readonly float[] losses = new float[Lines], dulled = new float[Lines];
    private readonly float wet;

    public Reverb(double wet, int sampleRate)
    {
        this.wet = (float)wet;
        for (int i = 0; i < Lines; i++)
        {
            double seconds = Delays[i] / 1000;
            lines[i] = new float[(int)(seconds * sampleRate)];
            echoes[i] = new float[Voice.BlockFrames];
            losses[i] = (float)(Math.Pow(10, -3 * seconds / DecaySeconds) / Math.Sqrt(Lines));
        }
    }

    /// <summary>Adds the room to one block of <see cref="Voice.BlockFrames"/> frames; even lines hear left, odd right.</summary>
    public void AddTo(Span<float> left, Span<float> right)
    {
        Span<float> dryLeft = stackalloc float[Voice.BlockFrames], dryRight = stackalloc float[Voice.BlockFrames];
        left.CopyTo(dryLeft);
        right.CopyTo(dryRight);
        for (int i = 0; i < Lines; i++)
        {
            Span<float> echo = echoes[i];
            Ring(lines[i], places[i], echo, write: false);
            AddScaled(echo, wet, (i & 1) == 0 ? left : right);
            // A one-pole low-pass in the feedback path: air and walls take the treble.
            float dull = dulled[i];
            for (int frame = 0; frame < echo.Length; frame++)
            {
                dull += Treble * (echo[frame] - dull);
                echo[frame] = dull * losses[i];
            }
            dulled[i] = dull;
        }
        for (int width = 1; width < Lines; width *= 2)
        {
            for (int i = 0; i < Lines; i++)
            {
                if ((i & width) == 0) SumAndDifference(echoes[i], echoes[i + width]);
            }
        }
        for (int i = 0; i < Lines; i++)
        {
            AddScaled((i & 1) == 0 ? dryLeft : dryRight, 1, echoes[i]);
            places[i] = Ring(lines[i], places[i], echoes[i], write: true);
        }
    }

    // Copies between a block and a place in a delay line, which may wrap round; returns the place after it.
    private static int Ring(float[] line, int place, Span<float> block, bool write)
    {
        int first = Math.Min(block.Length, line.Length - place);
        if (write)
        {
            block[..first].CopyTo(line.AsSpan(place));
            block[first..].CopyTo(line);
        }
        else
        {
            line.AsSpan(place, first).CopyTo(block);
            line.AsSpan(0, block.Length - first).CopyTo(block[first..]);
        }
        return (place + block.Length) % line.Length;
    }

    // A block holds whole vectors of any width.
    private static void AddScaled(ReadOnlySpan<float> source, float scale, Span<float> target)
    {
        for (int i = 0; i < Voice.BlockFrames; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + scale * new Vector<float>(source[i..])).CopyTo(target[i..]);
    }

    private static void SumAndDifference(Span<float> a, Span<float> b)
    {
        for (int i = 0; i < Voice.BlockFrames; i += Vector<float>.Count)
        {
            var first = new Vector<float>(a[i..]);
            var second = new Vector<float>(b[i..]);
            (first + second).CopyTo(a[i..]);
            (first - second).CopyTo(b[i..]);
        }
    }
}
