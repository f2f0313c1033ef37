namespace Etude.Neural.Losses;

/// <summary>What losses on a logit for yes or no share.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + e^-x), by a formula that overflows for no x.</summary>
    internal static float Sigmoid(float x)
    {
        float e = MathF.Exp(-MathF.Abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// <summary>-log sigmoid(x) = log(1 + e^-x), without overflow or loss of small values.</summary>
    internal static float NegativeLogSigmoid(float x)
    {
        float e = MathF.Exp(-MathF.Abs(x));
        // log(1 + e) loses e below 2^-24; there e is the logarithm.
        float tail = e < 1e-4f ? e - e * e / 2 : MathF.Log(1 + e);
        return MathF.Max(-x, 0) + tail;
    }
}
