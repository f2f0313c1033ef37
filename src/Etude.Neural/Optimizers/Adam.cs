using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Optimizers;

/// <summary>Adam (Kingma and Ba 2015), and AdamW where its options say so.</summary>
public sealed class Adam : Optimizer
{
    private readonly AdamOptions _options;
    private readonly Tensor[] _firstMoments, _secondMoments;

    /// <summary>Begins with moments of zero.</summary>
    public Adam(IReadOnlyList<Parameter> parameters, AdamOptions? options = null)
        : base(parameters, (options ??= new()).LearningRate)
    {
        _options = options;
        _firstMoments = Beside(parameters);
        _secondMoments = Beside(parameters);
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, Tensor>> State =>
        Named("first_moment", _firstMoments).Concat(Named("second_moment", _secondMoments));

    /// <inheritdoc/>
    protected override void Update(int index, Parameter parameter) => AdamKernel.Step(
        StepCount, LearningRate, _options.Beta1, _options.Beta2, _options.Epsilon, _options.WeightDecay, _options.DecoupledWeightDecay, 1,
        parameter.Data, parameter.Gradient, _firstMoments[index].Data, _secondMoments[index].Data);
}
