using System.Numerics;

namespace Etude.Music.Sound;

/// <summary>Damped sinusoids Re(gain exp(s t)) on two channels, added up with vectors along time.</summary>
internal sealed class OscillatorBank(int sampleRate)
{
    private const int Chunk = 1024;
    private const double Inaudible = 1e-6;

    private readonly List<(Complex S, Complex Left, Complex Right)> oscillators = [];

    public void Add(Complex s, Complex left, Complex right) => oscillators.Add((s, left, right));

    /// <summary>Adds the oscillators to both channels, with t = 0 at the first sample; drops those that have died away.</summary>
    public void AddTo(Span<float> left, Span<float> right)
    {
        double loudest = oscillators.Count == 0 ? 0 : oscillators.Max(o => o.Left.Magnitude + o.Right.Magnitude);
        foreach (var (s, gainLeft, gainRight) in oscillators)
        {
            for (int from = 0; from < left.Length; from += Chunk)
            {
                // Each chunk starts exact, so that rounding cannot add up.
                var phase = Complex.Exp(s * ((double)from / sampleRate));
                if (phase.Magnitude * (gainLeft.Magnitude + gainRight.Magnitude) < Inaudible * loudest) break;
                int length = Math.Min(Chunk, left.Length - from);
                AddChunk(s / sampleRate, phase * gainLeft, left.Slice(from, length));
                AddChunk(s / sampleRate, phase * gainRight, right.Slice(from, length));
            }
        }
    }

    // lanes: the oscillator at consecutive samples; one complex turn moves all of them on by a vector's length
    private static void AddChunk(Complex step, Complex start, Span<float> output)
    {
        int lanes = Vector<float>.Count, i = 0;
        Span<float> re = stackalloc float[lanes], im = stackalloc float[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            var value = start * Complex.Exp(step * lane);
            (re[lane], im[lane]) = ((float)value.Real, (float)value.Imaginary);
        }
        var turn = Complex.Exp(step * lanes);
        var turnRe = new Vector<float>((float)turn.Real);
        var turnIm = new Vector<float>((float)turn.Imaginary);
        var real = new Vector<float>(re);
        var imaginary = new Vector<float>(im);
        for (; i <= output.Length - lanes; i += lanes)
        {
            var place = output[i..];
            (new Vector<float>(place) + real).CopyTo(place);
            (real, imaginary) = (real * turnRe - imaginary * turnIm, real * turnIm + imaginary * turnRe);
        }
        for (int lane = 0; i < output.Length; i++, lane++) output[i] += real[lane];
    }
}
