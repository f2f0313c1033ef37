using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>A tensor that belongs to a <see cref="Module"/> and is saved with it.</summary>
/// <remarks>
/// Trainable while <see cref="Tensor.RequiresGradient"/> is true; running statistics and frozen weights have it false.
/// </remarks>
public sealed class Parameter : Tensor
{
    private string _name = "";
    private Module? _owner;

    /// <summary>Zeros.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="trainable">Whether optimizers change it.</param>
    public Parameter(Shape shape, bool trainable = true) : base(shape) => RequiresGradient = trainable;

    /// <summary>
    /// The path from the outermost module, parts joined by dots as PyTorch has it: <c>lstm.0.weight_ih</c>.
    /// </summary>
    public string Name => _owner?.PathOf(_name) ?? _name;

    /// <summary>
    /// How many linear maps from channels to channels stand on top of one another in it, each [rows / maps, columns]; 0 where it is
    /// none, such as a bias or a table of rows. <see cref="Optimizers.Muon"/> changes such maps as wholes.
    /// </summary>
    public int Maps { get; init; }

    /// <summary>The same values as 8-bit integers, where the parameter was read from a file of such; for products with few rows.</summary>
    internal QuantizedMatrix? Quantized { get; set; }

    /// <summary>Sets the gradient to zero.</summary>
    public void ClearGradient()
    {
        if (HasGradient) Gradient.Clear();
    }

    /// <summary>The name, shape and whether it is trained.</summary>
    public override string ToString() => $"{Name} {Shape}{(RequiresGradient ? "" : " (not trained)")}";

    internal void BelongTo(Module owner, string name)
    {
        // A parameter that two modules share keeps the name of the first.
        if (_owner is not null) return;
        (_owner, _name) = (owner, name);
    }
}
