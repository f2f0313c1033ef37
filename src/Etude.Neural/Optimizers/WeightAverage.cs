using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Optimizers;

/// <summary>An exponential moving average of weights (Polyak and Juditsky 1992), often better to use than the last ones.</summary>
public sealed class WeightAverage
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Tensor[] _averages;

    /// <summary>Begins at the weights as they are.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="decay">How slowly the average forgets, such as 0.999.</param>
    public WeightAverage(IReadOnlyList<Parameter> parameters, float decay)
    {
        if (decay is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "A decay lies in [0, 1).");
        _parameters = parameters;
        Decay = decay;
        _averages = [.. parameters.Select(parameter => new Tensor(parameter.Shape, parameter.Data))];
    }

    /// <summary>How slowly the average forgets.</summary>
    public float Decay { get; }

    /// <summary>The averages under <c>parameter name.average</c>, to save and to read back into.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _averages.Select((tensor, index) => KeyValuePair.Create($"{_parameters[index].Name}.average", tensor));

    /// <summary>average = decay average + (1 - decay) weight; call it after each step.</summary>
    public void Update()
    {
        for (int index = 0; index < _averages.Length; index++)
        {
            var average = _averages[index].Data;
            Elementwise.Scale(average, Decay, average);
            Elementwise.ScaleAdd(_parameters[index].Data, 1 - Decay, average);
        }
    }

    /// <summary>Exchanges weights and averages: once to use the averages, and once more to go on training.</summary>
    public void Swap()
    {
        for (int index = 0; index < _averages.Length; index++)
        {
            var average = _averages[index].Data;
            var weight = _parameters[index].Data;
            for (int i = 0; i < average.Length; i++) (average[i], weight[i]) = (weight[i], average[i]);
        }
    }
}
