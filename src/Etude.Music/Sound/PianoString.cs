namespace Etude.Music.Sound;

/// <summary>
/// What a grand piano's key is made of: its strings and its hammer. Lengths, masses and felt follow the three keys
/// measured in A. Chaigne, A. Askenfelt, Numerical simulations of piano strings II, JASA 95 (1994), table I, and
/// the inharmonicity follows F. Rigaud, B. David, L. Daudet, A parametric model and estimation techniques for the
/// inharmonicity and tuning of the piano, JASA 133 (2013).
/// </summary>
internal sealed class PianoString
{
    // C2, C4 and C7 as measured, between and beyond which the logarithms run straight; C8 by the maker's habit of
    // lighter and harder hammers, since the straight line would leave them on the string for two periods.
    private static ReadOnlySpan<double> MeasuredKeys => [36, 60, 96, 108];
    private static ReadOnlySpan<double> Lengths => [1.90, 0.62, 0.09, 0.054];
    private static ReadOnlySpan<double> StringMasses => [35e-3, 3.93e-3, 0.467e-3, 0.27e-3];
    private static ReadOnlySpan<double> HammerMasses => [4.9e-3, 2.97e-3, 2.2e-3, 1.2e-3];
    private static ReadOnlySpan<double> Stiffnesses => [4e8, 4.5e9, 1e12, 1e13];
    private static ReadOnlySpan<double> Exponents => [2.3, 2.5, 3.0, 3.0];
    private static ReadOnlySpan<double> Points => [0.12, 0.12, 0.0625, 0.05];

    // Seconds in which the aftersound of the lowest partial falls by 60 dB.
    private static ReadOnlySpan<double> DecayKeys => [21, 33, 45, 57, 69, 81, 93, 108];
    private static ReadOnlySpan<double> DecaySeconds => [20, 18.5, 16.5, 13.5, 10.5, 6, 2.7, 0.85];

    private readonly double firstFrequency, baseLoss;

    public PianoString(int key)
    {
        Key = key;
        Inharmonicity = InharmonicityOf(key);
        Length = Along(MeasuredKeys, Lengths, key);
        Mass = Along(MeasuredKeys, StringMasses, key);
        HammerMass = Along(MeasuredKeys, HammerMasses, key);
        FeltStiffness = Along(MeasuredKeys, Stiffnesses, key);
        FeltExponent = Along(MeasuredKeys, Exponents, key);
        StrikingPoint = Along(MeasuredKeys, Points, key);
        firstFrequency = 440 * Math.Pow(2, (key - 69) / 12.0 + StretchCents(key) / 1200);
        baseLoss = Math.Log(1000) / Along(DecayKeys, DecaySeconds, key);
    }

    public int Key { get; }

    /// <summary>The coefficient B of f(n) = n f0 sqrt(1 + B n²).</summary>
    public double Inharmonicity { get; }

    /// <summary>Metres and kilograms.</summary>
    public double Length { get; }
    public double Mass { get; }
    public double HammerMass { get; }

    /// <summary>The felt pushes back with K times its compression to the power p.</summary>
    public double FeltStiffness { get; }
    public double FeltExponent { get; }

    /// <summary>Where the hammer strikes, as a part of the length.</summary>
    public double StrikingPoint { get; }

    /// <summary>How many strings sound together.</summary>
    public int Unison => Key < 31 ? 1 : Key < 44 ? 2 : 3;

    /// <summary>The frequency of a partial in hertz; the first is the tuned pitch.</summary>
    public double Frequency(int partial) =>
        firstFrequency * partial * Math.Sqrt((1 + Inharmonicity * partial * partial) / (1 + Inharmonicity));

    /// <summary>The loss of the aftersound at a frequency, in nepers a second: treble goes first.</summary>
    public double Loss(double frequency) =>
        baseLoss + 0.3 * (Math.Pow(frequency / 1000, 1.5) - Math.Pow(firstFrequency / 1000, 1.5));

    /// <summary>How much faster the prompt sound decays while the strings still move together.</summary>
    public double PromptRatio => Along([21, 45, 69, 108], [2.2, 3.2, 3.4, 1.8], Key);

    /// <summary>
    /// How far the key is tuned from equal temperament, in cents: octaves whose partials agree, 6:3 in the bass
    /// and 2:1 in the treble, which gives the stretch that pianos are known for.
    /// </summary>
    public static double StretchCents(int key)
    {
        double cents = 0;
        for (int k = Math.Min(key, 69); k < Math.Max(key, 69); k++)
        {
            // One twelfth of the octave that has this semitone in its middle.
            double low = InharmonicityOf(k - 6), high = InharmonicityOf(k + 6);
            double match = k < 57 ? 6 : 2, upper = match / 2;
            cents += 50 * Math.Log2((1 + low * match * match) * (1 + high) / ((1 + low) * (1 + high * upper * upper)));
        }
        return key < 69 ? -cents : cents;
    }

    /// <summary>A table whose logarithms are joined by straight lines, carried on beyond its ends.</summary>
    public static double Along(ReadOnlySpan<double> keys, ReadOnlySpan<double> values, double key)
    {
        int i = 0;
        while (i < keys.Length - 2 && key > keys[i + 1]) i++;
        double part = (key - keys[i]) / (keys[i + 1] - keys[i]);
        return values[i] * Math.Pow(values[i + 1] / values[i], part);
    }

    // The wound bass strings and the plain treble strings make two straight lines in the logarithm.
    private static double InharmonicityOf(int key) => Math.Exp(-0.0847 * key - 5.82) + Math.Exp(0.0926 * key - 13.64);
}
