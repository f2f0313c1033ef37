using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Autograd;

/// <summary>
/// Records operations as they are computed and runs them backwards (reverse-mode differentiation). It owns all memory
/// of one step: results and scratch are valid until <see cref="Reset"/>, which keeps both buffers and objects for the
/// next step, so that a warm step allocates nothing. Parameters must not change between their use in a forward pass and
/// the <see cref="Backward"/> or <see cref="Reset"/> that ends it. Not safe for use by several threads at once.
/// </summary>
/// <example><code>
/// using var tape = new Tape();
/// var loss = tape.CrossEntropy(layer.Forward(tape, x), targets);
/// tape.Backward(loss.Tensor);
/// optimizer.Step();
/// tape.Reset();
/// </code></example>
public sealed class Tape : IDisposable
{
    private readonly List<Operation> _recorded = [];
    private readonly List<Tensor> _tensors = [];
    private readonly Stack<Tensor> _idleTensors = [];
    private readonly List<AlignedBuffer> _scratch = [];
    private readonly Dictionary<(Tensor Weight, bool Transposed), PackedMatrix> _packed = [];
    private readonly Dictionary<(int Rows, int Columns), Stack<PackedMatrix>> _idlePacked = [];
    private readonly Dictionary<Type, Stack<Operation>> _idleOperations = [];
    private Tape? _beside;

    /// <summary>An empty tape.</summary>
    /// <param name="training">The initial value of <see cref="Training"/>.</param>
    public Tape(bool training = true) => Training = training;

    /// <summary>
    /// True: operations are recorded for <see cref="Backward"/>, dropout drops, and batch normalization uses the batch.
    /// False: nothing is recorded, no gradient is asked for, and layers behave as in use.
    /// </summary>
    /// <value>The default is true.</value>
    public bool Training { get; set; }

    /// <summary>
    /// Whether all weights stay as they are for as long as this tape is used, as they do where music is made or measured: each is then
    /// packed at its first use and never again. Default false: packed anew after <see cref="Backward"/> or <see cref="Reset"/>.
    /// </summary>
    public bool WeightsStay { get; init; }

    /// <summary>A result tensor with undefined values, valid until <see cref="Reset"/>.</summary>
    /// <param name="shape">Its extents.</param>
    /// <param name="requiresGradient">Whether any input asks for a gradient; ignored when not <see cref="Training"/>.</param>
    public Tensor Allocate(Shape shape, bool requiresGradient = false)
    {
        var tensor = NextTensor();
        tensor.Lend(shape, requiresGradient && Training);
        return tensor;
    }

    /// <summary>Another shape over the same values and gradient; nothing is copied and nothing recorded.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public Tensor Reshape(Tensor source, Shape shape)
    {
        if (shape.Length != source.Length) throw new ArgumentException($"{source.Shape} cannot be seen as {shape}.", nameof(shape));
        var view = NextTensor();
        view.LookAt(source, 0, shape);
        return view;
    }

    /// <summary>
    /// The sub-tensors <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> - 1 along the first
    /// axis, as a view over the same values and gradient.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the first axis.</exception>
    public Tensor SliceFirst(Tensor source, int start, int count)
    {
        int extent = source.Shape[0];
        if (start < 0 || count < 0 || start > extent - count)
            throw new ArgumentOutOfRangeException(nameof(start), $"{start} to {start + count} is outside the first axis of {source.Shape}.");
        int stride = extent == 0 ? 0 : source.Length / extent;
        var view = NextTensor();
        view.LookAt(source, start * stride, source.Shape.With(0, count));
        return view;
    }

    /// <summary>Working memory with undefined values, valid until <see cref="Reset"/>.</summary>
    public Span<float> Scratch(int length) => ScratchBuffer(length).Slice(0, length);

    /// <summary>
    /// Appends an operation, reused where possible. Call it only when the result requires a gradient
    /// (<see cref="Tensor.RequiresGradient"/>).
    /// </summary>
    public T Record<T>() where T : Operation, new()
    {
        var operation = _idleOperations.TryGetValue(typeof(T), out var idle) && idle.TryPop(out var reused) ? (T)reused : new T();
        _recorded.Add(operation);
        return operation;
    }

    /// <summary>
    /// Adds d<paramref name="loss"/>/dx to the gradient of every tensor x that requires one. Several calls before the
    /// optimizer's step accumulate (each over its own recording: the recording is used up).
    /// </summary>
    /// <param name="loss">A single value computed on this tape.</param>
    /// <exception cref="InvalidOperationException">Not a single value, or nothing that it depends on requires a gradient.</exception>
    public void Backward(Tensor loss)
    {
        if (loss.Length != 1) throw new InvalidOperationException($"A backward pass begins at a single value, not at {loss.Shape}.");
        if (!loss.RequiresGradient)
            throw new InvalidOperationException("Nothing that this value depends on requires a gradient, or the tape is not training.");
        loss.Gradient[0] += 1;
        RunBackwards();
    }

    /// <summary>Another tape, for what is computed and forgotten, or computed again, while this one records.</summary>
    internal Tape Beside => _beside ??= new Tape();

    /// <summary>The same from a result on whose gradient is known.</summary>
    internal void BackwardFrom(Tensor result, ReadOnlySpan<float> gradient)
    {
        gradient.CopyTo(result.Gradient);
        RunBackwards();
    }

    private void RunBackwards()
    {
        for (int index = _recorded.Count - 1; index >= 0; index--) _recorded[index].Backward();
        Forget();
    }

    /// <summary>Forgets the recording and takes back all memory: tensors made on this tape must no longer be used.</summary>
    public void Reset()
    {
        Forget();
        foreach (var tensor in _tensors)
        {
            tensor.Release();
            _idleTensors.Push(tensor);
        }

        _tensors.Clear();
        foreach (var buffer in _scratch) BufferPool.Shared.Return(buffer);
        _scratch.Clear();
    }

    /// <summary>Gives all memory back to the pool that tapes share.</summary>
    public void Dispose() => Reset();

    /// <summary>Scratch that an operation keeps until its backward pass.</summary>
    internal AlignedBuffer ScratchBuffer(int length)
    {
        var buffer = BufferPool.Shared.Rent(length);
        _scratch.Add(buffer);
        return buffer;
    }

    /// <summary>
    /// A weight as the right-hand matrix of products, packed at its first use and kept until <see cref="Backward"/> or
    /// <see cref="Reset"/>, or for good where <see cref="WeightsStay"/>: a network that goes step by step through time packs each
    /// weight once, not once a step.
    /// </summary>
    /// <param name="weight">[outputs, ...], seen as [outputs, inputs].</param>
    /// <param name="transpose">Whether the matrix is [inputs, outputs].</param>
    internal PackedMatrix Packed(Tensor weight, bool transpose)
    {
        if (_packed.TryGetValue((weight, transpose), out var matrix)) return matrix;
        int outputs = weight.Shape[0], inputs = weight.Length / outputs;
        var size = transpose ? (inputs, outputs) : (outputs, inputs);
        if (!_idlePacked.TryGetValue(size, out var idle)) _idlePacked[size] = idle = new();
        if (!idle.TryPop(out matrix)) matrix = new PackedMatrix(size.Item1, size.Item2);
        matrix.Pack(weight.Data, inputs, transpose);
        _packed.Add((weight, transpose), matrix);
        return matrix;
    }

    private Tensor NextTensor()
    {
        if (!_idleTensors.TryPop(out var tensor)) tensor = new Tensor();
        _tensors.Add(tensor);
        return tensor;
    }

    private void Forget()
    {
        foreach (var operation in _recorded)
        {
            if (!_idleOperations.TryGetValue(operation.GetType(), out var idle)) _idleOperations[operation.GetType()] = idle = new();
            idle.Push(operation);
        }

        _recorded.Clear();
        if (WeightsStay) return;
        foreach (var matrix in _packed.Values) _idlePacked[(matrix.Rows, matrix.Columns)].Push(matrix);
        _packed.Clear();
    }
}
