using Etude.Neural.Tensors;

namespace Etude.Neural.Losses;

/// <summary>What a loss gives back.</summary>
/// <param name="Tensor">The single value on its tape: the start of a backward pass, alone or added to others.</param>
/// <param name="Correct">How many targets the largest logit (classes) or the side of 0 (yes or no) got right; 0 where the word has no meaning.</param>
/// <param name="Count">How many targets were counted.</param>
public readonly record struct LossValue(Tensor Tensor, int Correct, int Count)
{
    /// <summary>The value.</summary>
    public float Value => Tensor.Scalar;

    /// <summary>Correct out of counted targets, 0 to 1; not a number where there is none.</summary>
    public double Accuracy => (double)Correct / Count;
}
