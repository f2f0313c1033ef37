using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

/// <summary>Three steps of each optimizer's kernel against its formula in double precision.</summary>
public sealed class OptimizerKernelsTests
{
    private const float Rate = 0.01f, Decay = 0.1f, Scale = 0.5f;

    public static TheoryData<int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, bool>();
            foreach (int length in Numbers.Lengths)
            {
                cases.Add(length, false);
                cases.Add(length, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Adam(int length, bool decoupled)
    {
        float[] w = Numbers.Uniform(1, length), m = new float[length], v = new float[length];
        double[] ew = Doubles(w), em = new double[length], ev = new double[length];
        for (int step = 1; step <= 3; step++)
        {
            float[] g = Numbers.Uniform(step + 1, length);
            AdamKernel.Step(step, Rate, 0.9f, 0.999f, 1e-8f, Decay, decoupled, Scale, w, g, m, v);
            for (int i = 0; i < length; i++)
            {
                double gi = g[i] * Scale + (decoupled ? 0 : Decay * ew[i]);
                if (decoupled) ew[i] *= 1 - Rate * Decay;
                em[i] = 0.9f * em[i] + (1 - 0.9f) * gi;
                ev[i] = 0.999f * ev[i] + (1 - 0.999f) * gi * gi;
                double mean = em[i] / (1 - Math.Pow(0.9f, step)), square = ev[i] / (1 - Math.Pow(0.999f, step));
                ew[i] -= Rate * mean / (Math.Sqrt(square) + 1e-8);
            }
        }
        Numbers.AssertClose(ew, w, 1e-6);
        Numbers.AssertClose(em, m, 1e-6);
        Numbers.AssertClose(ev, v, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RmsProp(int length, bool momentum)
    {
        float[] w = Numbers.Uniform(1, length), v = new float[length], u = momentum ? new float[length] : [];
        double[] ew = Doubles(w), ev = new double[length], eu = new double[length];
        for (int step = 1; step <= 3; step++)
        {
            float[] g = Numbers.Uniform(step + 1, length);
            RmsPropKernel.Step(Rate, 0.9f, 1e-3f, momentum ? 0.8f : 0, Decay, Scale, w, g, v, u);
            for (int i = 0; i < length; i++)
            {
                double gi = g[i] * Scale + Decay * ew[i];
                ev[i] = 0.9f * ev[i] + (1 - 0.9f) * gi * gi;
                eu[i] = (momentum ? 0.8f * eu[i] : 0) + gi / (Math.Sqrt(ev[i]) + 1e-3f);
                ew[i] -= Rate * eu[i];
            }
        }
        Numbers.AssertClose(ew, w, 1e-6);
        Numbers.AssertClose(ev, v, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SgdMomentum(int length, bool nesterov)
    {
        float[] w = Numbers.Uniform(1, length), plain = [.. w], u = new float[length];
        double[] ew = Doubles(w), ep = Doubles(w), eu = new double[length];
        for (int step = 1; step <= 3; step++)
        {
            float[] g = Numbers.Uniform(step + 1, length);
            SgdMomentumKernel.Step(Rate, 0.8f, nesterov, Decay, Scale, w, g, u);
            SgdMomentumKernel.Step(Rate, 0, false, Decay, Scale, plain, g, []);
            for (int i = 0; i < length; i++)
            {
                double gi = g[i] * Scale + Decay * ew[i];
                eu[i] = 0.8f * eu[i] + gi;
                ew[i] -= Rate * (nesterov ? gi + 0.8f * eu[i] : eu[i]);
                ep[i] -= Rate * (g[i] * Scale + Decay * ep[i]);
            }
        }
        Numbers.AssertClose(ew, w, 1e-6);
        Numbers.AssertClose(ep, plain, 1e-6);
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
