using System.Numerics;

namespace Etude.Music.Sound;

/// <summary>
/// One key struck once, ready to be stored: an attack as it is, then a loop in which every partial is held at the
/// level it has reached and moved by less than half a turn per loop, so that the loop closes without a seam. The
/// slowest decay is taken out and left to the player's envelope.
/// </summary>
internal sealed class PianoTone
{
    /// <summary>Samples that follow the loop's end, for players that read ahead.</summary>
    public const int Guard = 16;

    private static ReadOnlySpan<double> Keys => [21, 60, 84, 108];
    private static ReadOnlySpan<double> AttackTimes => [1.5, 1.0, 0.65, 0.35];
    private static ReadOnlySpan<double> LoopTimes => [0.4, 0.22, 0.15, 0.08];

    /// <param name="strings">The key.</param>
    /// <param name="velocity">How hard it is struck, 1 to 127.</param>
    /// <param name="body">The soundboard.</param>
    /// <param name="options">The sample rate and the seed.</param>
    public PianoTone(PianoString strings, double velocity, Soundboard body, PianoOptions options)
    {
        int rate = options.SampleRate;
        var strike = new HammerStrike(strings, HammerStrike.SpeedOf(velocity), rate);
        var random = new Random(options.Seed * 1000 + strings.Key);
        double[] force = strike.Force;
        AddKnock(force, strings, velocity, rate, random);

        var modes = Split(strings, strike.Amplitudes, body, random);
        AttackSeconds = Math.Round(PianoString.Along(Keys, AttackTimes, strings.Key) * rate) / rate;
        LoopStart = (int)Math.Round(AttackSeconds * rate);
        double first = strings.Frequency(1);
        int turns = (int)Math.Round(first * PianoString.Along(Keys, LoopTimes, strings.Key));
        LoopEnd = LoopStart + (int)Math.Round(turns * rate / first);

        double held = AttackSeconds - HammerStrike.Seconds, power = 0, lost = 0;
        foreach (var mode in modes)
        {
            double level = Both(mode.Left, mode.Right) * Math.Exp(mode.S.Real * held);
            power += level * level;
            lost += level * level * mode.AfterLoss;
        }
        Loss = lost / power;

        Left = new float[LoopEnd + Guard];
        Right = new float[LoopEnd + Guard];
        var states = Strike(body, force, rate);
        var attack = new OscillatorBank(rate);
        foreach (var mode in modes) attack.Add(mode.S + Loss, mode.Left, mode.Right);
        AddRinging(attack, body, states, modes);
        attack.AddTo(Left.AsSpan(force.Length, LoopStart - force.Length), Right.AsSpan(force.Length, LoopStart - force.Length));
        for (int i = 0; i < force.Length; i++)
        {
            float gain = (float)Math.Exp(Loss * (i - force.Length) / rate);
            (Left[i], Right[i]) = (Left[i] * gain, Right[i] * gain);
        }

        Partials = new Partial[strike.Amplitudes.Length];
        var loop = new OscillatorBank(rate);
        foreach (var partial in modes.GroupBy(mode => mode.Number))
        {
            Complex left = 0, right = 0, startLeft = 0, startRight = 0;
            foreach (var mode in partial)
            {
                var turned = Complex.Exp((mode.S + Loss) * held);
                left += mode.Left * turned;
                right += mode.Right * turned;
                startLeft += mode.Left;
                startRight += mode.Right;
            }
            double frequency = strings.Frequency(partial.Key);
            double closed = Math.Round(frequency * (LoopEnd - LoopStart) / rate) * rate / (LoopEnd - LoopStart);
            loop.Add(new Complex(0, 2 * Math.PI * closed), left, right);
            Partials[partial.Key - 1] = new Partial(frequency, Both(startLeft, startRight), Both(left, right), strings.Loss(frequency));
        }
        loop.AddTo(Left.AsSpan(LoopStart), Right.AsSpan(LoopStart));
    }

    public float[] Left { get; }
    public float[] Right { get; }
    public int LoopStart { get; }
    public int LoopEnd { get; }
    public double AttackSeconds { get; }

    /// <summary>The decay left to the envelope, in nepers a second.</summary>
    public double Loss { get; }

    public Partial[] Partials { get; }

    // Strings of a unison first pull the bridge together and lose their sound fast; what is left of them, apart by
    // a fraction of a cent, pulls against itself and lasts: two-stage decay with beats (G. Weinreich, Coupled piano
    // strings, JASA 62 (1977)). Single strings do the same with their two directions of motion.
    private static List<Mode> Split(PianoString strings, Complex[] amplitudes, Soundboard body, Random random)
    {
        var modes = new List<Mode>();
        double pan = Math.PI / 2 * (0.33 + 0.34 * Math.Clamp((strings.Key - 21) / 87.0, 0, 1));
        double panLeft = Math.Cos(pan), panRight = Math.Sin(pan);
        for (int i = 0; i < amplitudes.Length; i++)
        {
            double frequency = strings.Frequency(i + 1);
            double loss = strings.Loss(frequency) * (0.8 + 0.4 * random.NextDouble());
            double prompt = loss * strings.PromptRatio * (0.85 + 0.3 * random.NextDouble());
            double after = strings.Unison == 1 ? 0.3 + 0.2 * random.NextDouble() : 0.12 + 0.16 * random.NextDouble();
            double cents = strings.Unison == 1 ? 0.6 : 0.45, share = 0.35 + 0.3 * random.NextDouble();
            double up = frequency * Math.Pow(2, cents * (0.4 + random.NextDouble()) / 1200);
            double down = frequency * Math.Pow(2, -cents * (0.4 + random.NextDouble()) / 1200);
            Add(frequency, prompt, 1 - after);
            Add(up, loss, after * share);
            Add(down, loss * 1.1, after * (1 - share));

            void Add(double f, double nepers, double part)
            {
                var s = new Complex(-nepers, 2 * Math.PI * f);
                var (left, right) = body.Response(s);
                modes.Add(new Mode(i + 1, s, amplitudes[i] * part, amplitudes[i] * part * left * panLeft,
                    amplitudes[i] * part * right * panRight, loss));
            }
        }
        return modes;
    }

    // The key reaching its bed and the action behind it: a short dull noise that the soundboard answers.
    private static void AddKnock(double[] force, PianoString strings, double velocity, int rate, Random random)
    {
        double peak = force.Max(Math.Abs), dull = 0, smooth = 1 - Math.Exp(-2 * Math.PI * 1200 / rate);
        double level = 0.25 * peak * PianoString.Along([21, 60, 108], [0.5, 0.8, 1.6], strings.Key) * Math.Pow(velocity / 127, 0.3);
        for (int i = 0; i < force.Length; i++)
        {
            double t = (double)i / rate;
            dull += smooth * (2 * random.NextDouble() - 1 - dull);
            force[i] += level * dull * (1 - Math.Exp(-t / 0.0008)) * Math.Exp(-t / 0.004);
        }
    }

    // Drives the soundboard with the force of the strike; what it sounds goes to the channels, how its modes stand
    // at the end is returned. The force is held between samples.
    private Complex[] Strike(Soundboard body, double[] force, int rate)
    {
        var states = new Complex[body.Modes.Length];
        for (int j = 0; j < states.Length; j++)
        {
            var mode = body.Modes[j];
            Complex turn = Complex.Exp(mode.Pole / rate), gain = (turn - 1) / mode.Pole, state = 0;
            for (int i = 0; i < force.Length; i++)
            {
                state = turn * state + gain * force[i];
                Left[i] += (float)(2 * (mode.Left * state).Real);
                Right[i] += (float)(2 * (mode.Right * state).Real);
            }
            states[j] = state;
        }
        return states;
    }

    // After the strike the strings drive the soundboard with known sinusoids, so its own ringing has a closed form.
    private void AddRinging(OscillatorBank bank, Soundboard body, Complex[] states, List<Mode> modes)
    {
        for (int j = 0; j < states.Length; j++)
        {
            var (pole, left, right) = body.Modes[j];
            Complex driven = 0;
            foreach (var mode in modes)
                driven += 0.5 * mode.Force / (mode.S - pole) + 0.5 * Complex.Conjugate(mode.Force) / (Complex.Conjugate(mode.S) - pole);
            Complex free = 2 * (states[j] - driven);
            bank.Add(pole + Loss, free * left, free * right);
        }
    }

    private static double Both(Complex left, Complex right) => Math.Sqrt(left.Magnitude * left.Magnitude + right.Magnitude * right.Magnitude);

    /// <summary>How loud a partial begins and how loud the loop holds it, both channels; the loss of its aftersound.</summary>
    public readonly record struct Partial(double Frequency, double Start, double Held, double Loss);

    private readonly record struct Mode(int Number, Complex S, Complex Force, Complex Left, Complex Right, double AfterLoss);
}
