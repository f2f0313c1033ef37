using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Optimizers;

/// <summary>RMSprop (Tieleman and Hinton 2012), by PyTorch's formulas.</summary>
public sealed class RmsProp : Optimizer
{
    private readonly RmsPropOptions _options;
    private readonly Tensor[] _squares, _velocities;

    /// <summary>Begins with mean squares of zero.</summary>
    public RmsProp(IReadOnlyList<Parameter> parameters, RmsPropOptions? options = null)
        : base(parameters, (options ??= new()).LearningRate)
    {
        _options = options;
        _squares = Beside(parameters);
        _velocities = options.Momentum == 0 ? [] : Beside(parameters);
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, Tensor>> State => Named("mean_square", _squares).Concat(Named("velocity", _velocities));

    /// <inheritdoc/>
    protected override void Update(int index, Parameter parameter) => RmsPropKernel.Step(
        LearningRate, _options.Decay, _options.Epsilon, _options.Momentum, _options.WeightDecay, 1,
        parameter.Data, parameter.Gradient, _squares[index].Data, _velocities.Length == 0 ? default : _velocities[index].Data);
}
