using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>What a network reads as the step before the one that it predicts: the truth, or what it said itself.</summary>
/// <param name="Forcing">The chance of the truth (teacher forcing), 0 to 1, tossed for each step and all sequences together.</param>
/// <param name="Threshold">The probability from which its own cell reads as a one; null to read the probabilities themselves.</param>
/// <param name="Random">The source of the tosses.</param>
public readonly record struct Feeding(float Forcing, float? Threshold, RandomSource Random)
{
    /// <summary>The truth, always.</summary>
    public static Feeding Truth { get; } = new(1, null, new RandomSource(0));

    /// <summary>Tosses once.</summary>
    internal bool TossTruth() => Forcing >= 1 || (Forcing > 0 && Random.NextSingle() < Forcing);

    /// <summary>What is read after logits.</summary>
    internal void Read(ReadOnlySpan<float> logits, Span<float> cells)
    {
        float limit = Threshold is { } share ? MathF.Log(share / (1 - share)) : 0;
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = Threshold is null ? 1 / (1 + MathF.Exp(-logits[i])) : logits[i] > limit ? 1 : 0;
        }
    }
}
