using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Optimizers;

/// <summary>
/// Muon (Jordan and others 2024): the momentum of each weight that maps channels to channels (<see cref="Parameter.Maps"/>) is made
/// nearly orthogonal before it is a step, so that every direction of it counts alike. The other parameters are changed by
/// <see cref="Adam"/> with decoupled weight decay.
/// </summary>
/// <remarks>
/// A step of an m by n matrix is scaled by 0.2 sqrt(max(m, n)), which makes it about as long as one of Adam, so that both share a
/// learning rate (Liu and others 2025).
/// </remarks>
public sealed class Muon : Optimizer
{
    // The odd polynomial a x + b x^3 + c x^5 of Jordan and others: steep at 0, so that few steps suffice; near 1 it stays near 1.
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f;
    private const float StepLength = 0.2f;
    private readonly MuonOptions _options;
    private readonly Tensor[] _momenta;
    private readonly Tensor?[] _secondMoments;

    /// <summary>Begins at rest.</summary>
    public Muon(IReadOnlyList<Parameter> parameters, MuonOptions? options = null)
        : base(parameters, (options ??= new()).LearningRate)
    {
        _options = options;
        _momenta = Beside(parameters);
        _secondMoments = [.. parameters.Select(parameter => parameter.Maps > 0 ? null : new Tensor(parameter.Shape))];
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, Tensor>> State => Named("momentum", _momenta)
        .Concat(_secondMoments.Index().Where(moment => moment.Item is not null)
            .Select(moment => KeyValuePair.Create($"{Parameters[moment.Index].Name}.second_moment", moment.Item!)));

    /// <inheritdoc/>
    protected override void Update(int index, Parameter parameter)
    {
        if (_secondMoments[index] is { } secondMoment)
        {
            AdamKernel.Step(
                StepCount, LearningRate, _options.Others.Beta1, _options.Others.Beta2, _options.Others.Epsilon, _options.WeightDecay, true, 1,
                parameter.Data, parameter.Gradient, _momenta[index].Data, secondMoment.Data);
            return;
        }

        // momentum = mu momentum + g; the step, a Nesterov one, is g + mu momentum.
        Span<float> momentum = _momenta[index].Data, gradient = parameter.Gradient;
        Elementwise.Scale(momentum, _options.Momentum, momentum);
        Elementwise.Add(momentum, gradient, momentum);
        Elementwise.ScaleAdd(momentum, _options.Momentum, gradient);
        if (_options.WeightDecay > 0) Elementwise.Scale(parameter.Data, 1 - LearningRate * _options.WeightDecay, parameter.Data);
        int rows = parameter.Shape[0] / parameter.Maps, columns = parameter.Shape.Length / parameter.Shape[0], length = rows * columns;
        float factor = -LearningRate * StepLength * MathF.Sqrt(Math.Max(rows, columns));
        for (int start = 0; start < parameter.Length; start += length)
        {
            var step = gradient.Slice(start, length);
            Orthogonalize(rows, columns, step, _options.Iterations);
            Elementwise.ScaleAdd(step, factor, parameter.Data.Slice(start, length));
        }
    }

    /// <summary>Brings the singular values of a matrix near to 1 by Newton and Schulz's iteration; its singular vectors stay.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="matrix">[rows, columns]; zeros stay zeros.</param>
    /// <param name="iterations">5 bring all that were above a hundredth of the norm into 0.7 to 1.2.</param>
    internal static void Orthogonalize(int rows, int columns, Span<float> matrix, int iterations)
    {
        double norm = Math.Sqrt(Reductions.SumOfSquares(matrix));
        if (norm == 0) return;
        Elementwise.Scale(matrix, (float)(1 / norm), matrix);
        bool tall = rows > columns;
        int side = Math.Min(rows, columns);
        var buffer = BufferPool.Shared.Rent(2 * side * side + matrix.Length);
        Span<float> square = buffer.Slice(0, side * side), power = buffer.Slice(side * side, side * side);
        Span<float> from = matrix, to = buffer.Slice(2 * side * side, matrix.Length);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            // Of a tall X the Gram matrix is X^T X and stands on the right: the same as for its transpose.
            Gemm.Multiply(side, side, Math.Max(rows, columns), from, columns, tall, from, columns, !tall, false, square, side);
            Elementwise.Scale(square, B, power);
            Gemm.Multiply(side, side, side, square, side, false, square, side, false, false, to, side);
            Elementwise.ScaleAdd(to[..(side * side)], C, power);
            if (tall) Gemm.Multiply(rows, columns, side, from, columns, false, power, side, false, false, to, columns);
            else Gemm.Multiply(rows, columns, side, power, side, false, from, columns, false, false, to, columns);
            Elementwise.ScaleAdd(from, A, to);
            var swap = from;
            from = to;
            to = swap;
        }

        if (iterations % 2 == 1) from.CopyTo(matrix);
        BufferPool.Shared.Return(buffer);
    }
}
