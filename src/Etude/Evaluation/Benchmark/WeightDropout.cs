using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// Leaves out a share of some weights for a step of training, others in each, and scales those that stay up by as much (Wan and others
/// 2013; of recurrent weights Merity, Keskar and Socher 2018): unlike dropout of what a memory holds, it lets the memory last.
/// </summary>
internal sealed class WeightDropout(IEnumerable<Parameter> weights, float rate, RandomSource random)
{
    private readonly (Parameter Weight, float[] Whole, float[] Mask)[] _weights =
        [.. from weight in weights where rate > 0 select (weight, new float[weight.Length], new float[weight.Length])];

    /// <summary>Leaves a share out, until <see cref="Restore"/>.</summary>
    public void Drop()
    {
        foreach ((Parameter weight, float[] whole, float[] mask) in _weights)
        {
            weight.Data.CopyTo(whole);
            for (int i = 0; i < mask.Length; i++)
            {
                mask[i] = random.NextSingle() < rate ? 0 : 1 / (1 - rate);
                weight.Data[i] *= mask[i];
            }
        }
    }

    /// <summary>Takes all back in; those that were left out have no gradient.</summary>
    public void Restore()
    {
        foreach ((Parameter weight, float[] whole, float[] mask) in _weights)
        {
            whole.CopyTo(weight.Data);
            for (int i = 0; i < mask.Length; i++) weight.Gradient[i] *= mask[i];
        }
    }
}
