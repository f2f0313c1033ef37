using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Optimizers;

/// <summary>Stochastic gradient descent with momentum, by PyTorch's formulas.</summary>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions _options;
    private readonly Tensor[] _velocities;

    /// <summary>Begins at rest.</summary>
    public Sgd(IReadOnlyList<Parameter> parameters, SgdOptions? options = null)
        : base(parameters, (options ??= new()).LearningRate)
    {
        _options = options;
        _velocities = options.Momentum == 0 ? [] : Beside(parameters);
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, Tensor>> State => Named("velocity", _velocities);

    /// <inheritdoc/>
    protected override void Update(int index, Parameter parameter) => SgdMomentumKernel.Step(
        LearningRate, _options.Momentum, _options.Nesterov, _options.WeightDecay, 1,
        parameter.Data, parameter.Gradient, _velocities.Length == 0 ? default : _velocities[index].Data);
}
