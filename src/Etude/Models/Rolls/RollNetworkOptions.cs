using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>A network over piano rolls as a recipe describes it. A new one is a new file and a line at <see cref="NetworkOptions"/>.</summary>
public abstract record RollNetworkOptions : NetworkOptions
{
    /// <summary>Makes the network.</summary>
    /// <param name="width">The columns of the roll.</param>
    /// <param name="steps">The recipe's <c>training.steps</c>.</param>
    /// <param name="random">The source of the first weights and of dropout's masks.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public abstract RollNetwork Build(int width, int steps, RandomSource random);
}
