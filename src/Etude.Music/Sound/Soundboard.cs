using System.Numerics;

namespace Etude.Music.Sound;

/// <summary>
/// The body of the piano as a sum of damped modes: H(s) = sum of r/(s-p) and its conjugate. A hundred drawn at
/// random colour each partial a little differently to the left and to the right, and ring on as the knock of the
/// strike; a smooth path carries what lies above them.
/// </summary>
internal sealed class Soundboard
{
    private const double LowestMode = 62, HighestMode = 4500, HighPass = 70, LowPass = 2600;

    public Soundboard(int seed)
    {
        var random = new Random(seed);
        var modes = new List<Mode>();
        for (double f = LowestMode; f < HighestMode;)
        {
            // Modes lie some fifteen hertz apart in the bass and, damped more, melt together higher up.
            double spacing = 14 + f * 0.02;
            double loss = Math.Log(1000) / Math.Max(0.05, 0.5 * Math.Pow(f / 100, -0.55));
            // Many modes of random sign add up in power: this size makes their mean response the smooth path's.
            // In the treble, where a single partial carries the tone, it must not depend on where a mode happens to lie.
            double share = 0.55 / Math.Sqrt(1 + f * f / 1e6);
            double size = share * Magnitude(f) * Math.Sqrt(2 * Math.PI * spacing * loss / Math.PI);
            modes.Add(new Mode(new Complex(-loss, 2 * Math.PI * f), size * Turn(random), size * Turn(random)));
            f += spacing * (0.5 + random.NextDouble());
        }
        // d wl s / ((s+wh)(s+wl)) in partial fractions; halves, because every pole stands for a conjugate pair.
        double low = 2 * Math.PI * HighPass, high = 2 * Math.PI * LowPass, smooth = 0.5 * high / (high - low);
        modes.Add(new Mode(-low, -low * smooth, -low * smooth));
        modes.Add(new Mode(-high, high * smooth, high * smooth));
        Modes = [.. modes];
    }

    public Mode[] Modes { get; }

    /// <summary>The response to exp(st), left and right.</summary>
    public (Complex Left, Complex Right) Response(Complex s)
    {
        Complex left = 0, right = 0;
        foreach (var mode in Modes)
        {
            Complex own = 1 / (s - mode.Pole), mirrored = 1 / (s - Complex.Conjugate(mode.Pole));
            left += mode.Left * own + Complex.Conjugate(mode.Left) * mirrored;
            right += mode.Right * own + Complex.Conjugate(mode.Right) * mirrored;
        }
        return (left, right);
    }

    private static double Magnitude(double f) =>
        1 / Math.Sqrt((1 + HighPass * HighPass / (f * f)) * (1 + f * f / (LowPass * LowPass)));

    private static Complex Turn(Random random) => Complex.FromPolarCoordinates(0.6 + 0.8 * random.NextDouble(), 2 * Math.PI * random.NextDouble());

    /// <summary>One mode and how it sounds on each side.</summary>
    public readonly record struct Mode(Complex Pole, Complex Left, Complex Right);
}
