using Etude.Neural.Tensors;

namespace Etude.Neural.Optimizers;

/// <summary>Lowers the rate when a measure, such as the validation loss, has not fallen for some time.</summary>
public sealed class PlateauSchedule
{
    private readonly int _patience;
    private readonly float _factor, _floor, _threshold;

    /// <summary>Begins at a rate.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="patience">How many measures in a row may fail to improve before the rate falls.</param>
    /// <param name="factor">What the rate is then multiplied by.</param>
    /// <param name="floor">The lowest rate.</param>
    /// <param name="threshold">An improvement is a measure below the best times 1 minus this.</param>
    public PlateauSchedule(float rate, int patience = 10, float factor = 0.1f, float floor = 0, float threshold = 1e-4f)
    {
        (_patience, _factor, _floor, _threshold) = (patience, factor, floor, threshold);
        State = new Tensor([3], [rate, float.PositiveInfinity, 0]);
    }

    /// <summary>What is to be saved for an exact resume: the rate, the best measure, and how many have failed since it.</summary>
    public Tensor State { get; }

    /// <summary>The rate now.</summary>
    public float Rate => State.Data[0];

    /// <summary>Takes in a measure.</summary>
    /// <returns>The rate from here on.</returns>
    public float Observe(double measure)
    {
        var state = State.Data;
        ref float rate = ref state[0], best = ref state[1], failures = ref state[2];
        if (measure < best * (1 - (double)_threshold)) (best, failures) = ((float)measure, 0);
        else failures++;
        if (failures > _patience) (rate, failures) = (MathF.Max(rate * _factor, _floor), 0);
        return rate;
    }
}
