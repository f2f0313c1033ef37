using System.Numerics;

namespace Etude.Music.Sound;

/// <summary>
/// A hammer meeting a string: the modes of the string are driven by the force of the felt, step by step, until the
/// hammer has left it. So brightness follows from how hard the key is struck, not from a filter.
/// </summary>
internal sealed class HammerStrike
{
    /// <summary>How long the strike is followed, in seconds: past the last contact of the heaviest hammer.</summary>
    public const double Seconds = 0.02;

    private const int StepsPerSample = 8;
    private const double HighestFrequency = 16_000;

    /// <param name="metresPerSecond">The hammer's speed when it meets the string: 0.5 is very soft, 5 very loud.</param>
    /// <param name="strings">The strings and hammer of the key.</param>
    /// <param name="sampleRate">Samples a second of <see cref="Force"/>.</param>
    public HammerStrike(PianoString strings, double metresPerSecond, int sampleRate)
    {
        int partials = 1;
        while (strings.Frequency(partials + 1) < Math.Min(HighestFrequency, 0.45 * sampleRate)) partials++;
        double step = 1.0 / (sampleRate * StepsPerSample);
        double[] shape = new double[partials], drive = new double[partials], pull = new double[partials];
        double[] real = new double[partials], imaginary = new double[partials];
        var turn = new Complex[partials];
        for (int i = 0; i < partials; i++)
        {
            double omega = 2 * Math.PI * strings.Frequency(i + 1);
            shape[i] = Math.Sin((i + 1) * Math.PI * strings.StrikingPoint);
            // imaginary part: displacement; real part: velocity over frequency. A mode weighs half the string.
            drive[i] = step * shape[i] * 2 / (strings.Mass * omega);
            turn[i] = Complex.Exp(new Complex(-strings.PromptRatio * strings.Loss(strings.Frequency(i + 1)), omega) * step);
            // The slope at the bridge, the far end; the common factor is left to the levelling.
            pull[i] = (i + 1) * ((i & 1) == 0 ? 1 : -1);
        }

        // Felt wide against the waves of the highest partials cannot drive them: it is one to two centimetres.
        for (int i = 0; i < partials; i++)
        {
            double width = 0.5 * Math.PI * (i + 1) * 0.008 / strings.Length;
            double blunt = 1 / (1 + width * width * 0.15);
            shape[i] *= blunt;
            drive[i] *= blunt;
        }

        Force = new double[(int)(Seconds * sampleRate)];
        double hammer = 0, speed = metresPerSecond;
        for (int n = 0; n < Force.Length; n++)
        {
            double sum = 0;
            for (int sub = 0; sub < StepsPerSample; sub++)
            {
                double at = 0;
                for (int i = 0; i < partials; i++) at += imaginary[i] * shape[i];
                double felt = hammer > at ? strings.FeltStiffness * Math.Pow(hammer - at, strings.FeltExponent) : 0;
                speed -= step * felt / strings.HammerMass;
                hammer += step * speed;
                for (int i = 0; i < partials; i++)
                {
                    double re = real[i] + drive[i] * felt, im = imaginary[i];
                    real[i] = re * turn[i].Real - im * turn[i].Imaginary;
                    imaginary[i] = re * turn[i].Imaginary + im * turn[i].Real;
                    sum += imaginary[i] * pull[i];
                }
            }
            Force[n] = sum / StepsPerSample;
        }

        // force(t) = Re(amplitude exp(i omega t)), and the displacement is an imaginary part.
        Amplitudes = new Complex[partials];
        for (int i = 0; i < partials; i++) Amplitudes[i] = new Complex(imaginary[i], -real[i]) * pull[i];
    }

    /// <summary>The force on the bridge at each sample of the strike, up to a factor common to all.</summary>
    public double[] Force { get; }

    /// <summary>The complex amplitude of each partial in the force on the bridge when the strike is over.</summary>
    public Complex[] Amplitudes { get; }

    /// <summary>The hammer's speed for a MIDI velocity, in metres a second: equal steps sound equally far apart.</summary>
    public static double SpeedOf(double velocity) => 0.25 * Math.Exp(0.026 * velocity);
}
