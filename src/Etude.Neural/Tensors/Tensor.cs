using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tensors;

/// <summary>
/// A row-major block of float32 values and, where one is asked for, a gradient of the same shape.
/// </summary>
/// <remarks>
/// Who made a tensor owns its memory. One made by <c>new</c> lives as long as it is referenced; one made by a tape's
/// operation is valid until that tape's <c>Reset</c>, after which its memory serves the next step.
/// A view shares both values and gradient with the tensor that it looks at.
/// </remarks>
public class Tensor
{
    private AlignedBuffer? _values;
    private AlignedBuffer? _gradient;
    private Tensor? _source;
    private int _offset;

    /// <summary>A tensor of zeros that owns its memory and asks for no gradient.</summary>
    public Tensor(Shape shape)
    {
        Shape = shape;
        _values = new AlignedBuffer(shape.Length);
        Data.Clear();
    }

    /// <summary>A tensor with a copy of the given values, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public Tensor(Shape shape, ReadOnlySpan<float> values) : this(shape)
    {
        if (values.Length != shape.Length)
            throw new ArgumentException($"{shape} holds {shape.Length} values; {values.Length} were given.", nameof(values));
        values.CopyTo(Data);
    }

    internal Tensor() { }

    /// <summary>The extents.</summary>
    public Shape Shape { get; private set; }

    /// <summary>The number of elements.</summary>
    public int Length => Shape.Length;

    /// <summary>The values, row-major; the first one lies on a 64-byte boundary unless this is a view.</summary>
    public Span<float> Data => _source is null ? _values!.Slice(0, Shape.Length) : _source.Data.Slice(_offset, Shape.Length);

    /// <summary>Whether a backward pass computes a gradient for this tensor.</summary>
    public bool RequiresGradient { get; set; }

    /// <summary>Whether a gradient was touched since it was made or last released.</summary>
    public bool HasGradient => _source?.HasGradient ?? _gradient is not null;

    /// <summary>
    /// The derivative of the loss by each value. Zero when first touched; backward passes add to it.
    /// </summary>
    public Span<float> Gradient
    {
        get
        {
            if (_source is not null) return _source.Gradient.Slice(_offset, Shape.Length);
            if (_gradient is null)
            {
                _gradient = BufferPool.Shared.Rent(Shape.Length);
                _gradient.Slice(0, Shape.Length).Clear();
            }

            return _gradient.Slice(0, Shape.Length);
        }
    }

    /// <summary>The only value of a tensor with one element.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Scalar => Length == 1 ? Data[0] : throw new InvalidOperationException($"{Shape} is not a single value.");

    /// <summary>Copies the values of a tensor of the same length; shapes may differ.</summary>
    public void CopyFrom(Tensor source)
    {
        if (source.Length != Length) throw new ArgumentException($"{source.Shape} does not fit into {Shape}.", nameof(source));
        source.Data.CopyTo(Data);
    }

    /// <summary>The shape and whether a gradient is asked for.</summary>
    public override string ToString() => RequiresGradient ? $"Tensor {Shape} (gradient)" : $"Tensor {Shape}";

    /// <summary>
    /// Adds factor times <paramref name="addend"/> to the gradient. Where no gradient was touched yet and the factor is 1,
    /// the addend's own memory becomes the gradient instead, and the addend is left without values.
    /// </summary>
    internal void AddGradient(Tensor addend, float factor)
    {
        if (_source is null && _gradient is null && factor == 1 && addend._source is null)
            (_gradient, addend._values) = (addend._values, null);
        else
            Elementwise.ScaleAdd(addend.Data, factor, Gradient);
    }

    internal void Lend(Shape shape, bool requiresGradient)
    {
        Shape = shape;
        RequiresGradient = requiresGradient;
        _values = BufferPool.Shared.Rent(shape.Length);
    }

    internal void LookAt(Tensor source, int offset, Shape shape)
    {
        Shape = shape;
        RequiresGradient = source.RequiresGradient;
        _source = source._source ?? source;
        _offset = source._offset + offset;
    }

    /// <summary>Gives values and gradient back to the pool.</summary>
    internal void Release()
    {
        if (_values is not null) BufferPool.Shared.Return(_values);
        if (_gradient is not null) BufferPool.Shared.Return(_gradient);
        _values = _gradient = null;
        _source = null;
        _offset = 0;
    }
}
