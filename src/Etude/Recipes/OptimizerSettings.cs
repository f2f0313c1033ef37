using Etude.Neural.Layers;
using Etude.Neural.Optimizers;

namespace Etude.Recipes;

/// <summary>How the weights are moved.</summary>
public sealed record OptimizerSettings
{
    /// <summary>The method: <c>adam</c>, <c>adamw</c>, <c>muon</c>, <c>rmsprop</c> or <c>sgd</c>. Default <c>adam</c>.</summary>
    public string Method { get; init; } = "adam";

    /// <summary>The highest learning rate of the schedule, above 0. Default 0.001.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>Weight decay: decoupled for <c>adamw</c> and <c>muon</c>, an L2 penalty elsewhere. Default 0.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Momentum of <c>sgd</c> and <c>rmsprop</c>. Default 0.</summary>
    public float Momentum { get; init; }

    /// <summary>
    /// How slowly <c>rmsprop</c> forgets squared gradients, 0 to below 1. Default 0.9, as its authors and Keras have it; with
    /// PyTorch's 0.99 the mean of squares lags behind and the first steps are ten times too long.
    /// </summary>
    public float Decay { get; init; } = 0.9f;

    /// <summary>Added to the root of the mean square by <c>adam</c>, <c>adamw</c> and <c>rmsprop</c>: what bounds the step of a weight whose gradients are small. Default 1e-8.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>How slowly <c>adam</c>, <c>adamw</c> and <c>muon</c> forget the size of gradients, 0 to below 1. Default 0.999.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Scales the gradient down to this norm where it is longer; 0 leaves it. Default 0.</summary>
    public float ClipNorm { get; init; }

    /// <summary>Makes the optimizer.</summary>
    /// <exception cref="ArgumentException">There is no such method; the message lists them.</exception>
    public Optimizer Create(IReadOnlyList<Parameter> parameters) => Method switch
    {
        "adam" => new Adam(parameters, new AdamOptions { LearningRate = LearningRate, Beta2 = Beta2, WeightDecay = WeightDecay, Epsilon = Epsilon }),
        "adamw" => new Adam(parameters, new AdamOptions { LearningRate = LearningRate, Beta2 = Beta2, WeightDecay = WeightDecay, DecoupledWeightDecay = true, Epsilon = Epsilon }),
        "muon" => new Muon(parameters, new MuonOptions { LearningRate = LearningRate, WeightDecay = WeightDecay, Others = new AdamOptions { Beta2 = Beta2, Epsilon = Epsilon } }),
        "rmsprop" => new RmsProp(parameters, new RmsPropOptions { LearningRate = LearningRate, WeightDecay = WeightDecay, Momentum = Momentum, Decay = Decay, Epsilon = Epsilon }),
        "sgd" => new Sgd(parameters, new SgdOptions { LearningRate = LearningRate, WeightDecay = WeightDecay, Momentum = Momentum }),
        _ => throw new ArgumentException($"There is no optimizer '{Method}': choose adam, adamw, muon, rmsprop or sgd."),
    };
}
