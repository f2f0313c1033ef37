namespace Etude.Composing;

/// <summary>Draws a token from a model's logits, after the filters of <see cref="ComposeOptions"/>.</summary>
public static class Sampler
{
    /// <summary>
    /// Draws a token. The filters apply in the order temperature, top-k, min-p, top-p, each to what the one before it left;
    /// at least one token always stays.
    /// </summary>
    /// <param name="logits">[vocabulary]; negative infinity forbids a token. Overwritten.</param>
    /// <param name="options">Temperature and filters.</param>
    /// <param name="dice">A uniform number, 0 to below 1.</param>
    /// <returns>The drawn token.</returns>
    /// <exception cref="InvalidOperationException">Every token is forbidden, or the logits are not numbers.</exception>
    public static int Draw(Span<float> logits, ComposeOptions options, double dice)
    {
        int likeliest = Likeliest(logits);
        if (options.Temperature == 0) return likeliest;

        float most = logits[likeliest];
        double floor = options.MinP > 0 ? Math.Log(options.MinP) : double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            float scaled = (logits[i] - most) / options.Temperature; // log of the share of the likeliest
            logits[i] = scaled >= floor ? scaled : float.NegativeInfinity;
        }
        float least = Threshold(logits, options);

        double total = 0;
        foreach (float logit in logits)
        {
            if (logit >= least) total += Math.Exp(logit);
        }
        double left = dice * total;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!(logits[i] >= least)) continue;
            left -= Math.Exp(logits[i]);
            if (left < 0) return i;
        }
        return likeliest; // rounding used up the last of the dice
    }

    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        int best = -1;
        for (int i = 0; i < logits.Length; i++)
        {
            if (logits[i] > (best < 0 ? float.NegativeInfinity : logits[best])) best = i;
        }
        return best >= 0
            ? best
            : throw new InvalidOperationException("No token may follow: every logit is minus infinity or not a number.");
    }

    // The logit of the last token that top-k and top-p keep; ties with it stay.
    private static float Threshold(ReadOnlySpan<float> logits, ComposeOptions options)
    {
        bool limitsCount = options.TopK > 0 && options.TopK < logits.Length;
        if (!limitsCount && options.TopP >= 1) return float.MinValue;

        float[] ranked = logits.ToArray();
        Array.Sort(ranked);
        Array.Reverse(ranked);
        int kept = limitsCount ? options.TopK : ranked.Length;
        if (options.TopP < 1)
        {
            double total = 0;
            for (int i = 0; i < kept; i++) total += Math.Exp(ranked[i]);
            double held = 0;
            int needed = 0;
            while (needed < kept && held < options.TopP * total) held += Math.Exp(ranked[needed++]);
            kept = Math.Max(needed, 1);
        }
        return Math.Max(ranked[kept - 1], float.MinValue);
    }
}
