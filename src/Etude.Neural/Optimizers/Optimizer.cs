using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Optimizers;

/// <summary>Changes parameters along their gradients.</summary>
public abstract class Optimizer
{
    /// <summary>Takes charge of parameters.</summary>
    /// <param name="parameters">Those to change, such as <see cref="Module.Parameters"/>.</param>
    /// <param name="learningRate">The first learning rate.</param>
    /// <exception cref="ArgumentException">No parameters, or two under one name.</exception>
    protected Optimizer(IReadOnlyList<Parameter> parameters, float learningRate)
    {
        if (parameters.Count == 0) throw new ArgumentException("There is nothing to optimize.", nameof(parameters));
        var twice = parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ArgumentException($"Two parameters are named \"{twice.Key}\".", nameof(parameters));
        foreach (var parameter in parameters) parameter.Quantized = null; // it will no longer be the same
        Parameters = parameters;
        LearningRate = learningRate;
    }

    /// <summary>Those that are changed.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The rate of the next step; a schedule sets it anew before each.</summary>
    public float LearningRate { get; set; }

    /// <summary>How many steps were taken. Set it, along with <see cref="State"/>, to resume.</summary>
    public int StepCount { get; set; }

    /// <summary>
    /// What the optimizer remembers, beside the step count: tensors under <c>parameter name.what</c>, to save and to
    /// read back into.
    /// </summary>
    public abstract IEnumerable<KeyValuePair<string, Tensor>> State { get; }

    /// <summary>
    /// Changes every parameter that has a gradient by it and sets the gradient to zero. Backward passes before it add up.
    /// </summary>
    public void Step()
    {
        StepCount++;
        for (int index = 0; index < Parameters.Count; index++)
        {
            var parameter = Parameters[index];
            if (!parameter.HasGradient || !parameter.RequiresGradient) continue;
            Update(index, parameter);
            parameter.Gradient.Clear();
        }
    }

    /// <summary>Changes one parameter.</summary>
    /// <param name="index">Its place in <see cref="Parameters"/>.</param>
    /// <param name="parameter">The parameter.</param>
    protected abstract void Update(int index, Parameter parameter);

    /// <summary>A tensor of zeros beside each parameter.</summary>
    protected static Tensor[] Beside(IReadOnlyList<Parameter> parameters) => [.. parameters.Select(parameter => new Tensor(parameter.Shape))];

    /// <summary>Names tensors that stand beside the parameters.</summary>
    protected IEnumerable<KeyValuePair<string, Tensor>> Named(string what, Tensor[] tensors) =>
        tensors.Select((tensor, index) => KeyValuePair.Create($"{Parameters[index].Name}.{what}", tensor));
}
