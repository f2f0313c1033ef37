using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// y = x W + b for rows x of which a tenth or less is not 0: only those numbers are multiplied, which is several times
/// faster than <see cref="Linear"/>, whose twin it is.
/// </summary>
internal sealed class SparseLinear : Module
{
    private const int Lanes = 16; // of a Vector512<float>
    private readonly Parameter _weight, _bias;
    private readonly int _outputs;

    /// <param name="inputs">Numbers of a row x.</param>
    /// <param name="outputs">Numbers of a row y; a multiple of 16.</param>
    /// <param name="random">The source of the first weights.</param>
    public SparseLinear(int inputs, int outputs, RandomSource random)
    {
        if (outputs % Lanes != 0) throw new ArgumentException($"{outputs} outputs are no multiple of {Lanes}.", nameof(outputs));
        _outputs = outputs;
        _weight = Register("weight", new Parameter([inputs, outputs]).GlorotUniform(random)); // [inputs, outputs]
        _bias = Register("bias", new Parameter([outputs]));
    }

    /// <returns>[rows, outputs]</returns>
    public Tensor Forward(Tape tape, SparseRows rows)
    {
        Tensor y = tape.Allocate([rows.Count, _outputs], requiresGradient: true);
        ref float weight = ref MemoryMarshal.GetReference(_weight.Data), bias = ref MemoryMarshal.GetReference(_bias.Data);
        ref float result = ref MemoryMarshal.GetReference(y.Data);
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<int> places = rows.PlacesOf(row);
            ReadOnlySpan<float> values = rows.ValuesOf(row);
            int column = 0;
            // Four vectors of sums stay in registers while the row's numbers pass.
            for (; column + 4 * Lanes <= _outputs; column += 4 * Lanes)
            {
                var a = Vector512.LoadUnsafe(ref bias, (nuint)column);
                var b = Vector512.LoadUnsafe(ref bias, (nuint)(column + Lanes));
                var c = Vector512.LoadUnsafe(ref bias, (nuint)(column + 2 * Lanes));
                var d = Vector512.LoadUnsafe(ref bias, (nuint)(column + 3 * Lanes));
                for (int i = 0; i < places.Length; i++)
                {
                    nuint at = (nuint)(places[i] * _outputs + column);
                    var value = Vector512.Create(values[i]);
                    a = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref weight, at), a);
                    b = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref weight, at + Lanes), b);
                    c = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref weight, at + 2 * Lanes), c);
                    d = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref weight, at + 3 * Lanes), d);
                }
                nuint to = (nuint)(row * _outputs + column);
                a.StoreUnsafe(ref result, to);
                b.StoreUnsafe(ref result, to + Lanes);
                c.StoreUnsafe(ref result, to + 2 * Lanes);
                d.StoreUnsafe(ref result, to + 3 * Lanes);
            }
            for (; column < _outputs; column += Lanes)
            {
                var sum = Vector512.LoadUnsafe(ref bias, (nuint)column);
                for (int i = 0; i < places.Length; i++)
                {
                    sum = Vector512.FusedMultiplyAdd(
                        Vector512.Create(values[i]), Vector512.LoadUnsafe(ref weight, (nuint)(places[i] * _outputs + column)), sum);
                }
                sum.StoreUnsafe(ref result, (nuint)(row * _outputs + column));
            }
        }
        if (y.RequiresGradient)
        {
            Operation operation = tape.Record<Operation>();
            (operation.Layer, operation.Rows, operation.Y) = (this, rows, y);
        }
        return y;
    }

    private sealed class Operation : Neural.Autograd.Operation
    {
        public SparseLinear Layer = null!;
        public SparseRows Rows = null!;
        public Tensor Y = null!;

        public override void Backward()
        {
            int outputs = Layer._outputs;
            ref float dWeight = ref MemoryMarshal.GetReference(Layer._weight.Gradient), dBias = ref MemoryMarshal.GetReference(Layer._bias.Gradient);
            ref float dY = ref MemoryMarshal.GetReference(Y.Gradient);
            for (int row = 0; row < Rows.Count; row++)
            {
                nuint from = (nuint)(row * outputs);
                AddScaled(ref dBias, 0, 1, ref dY, from, outputs);
                ReadOnlySpan<int> places = Rows.PlacesOf(row);
                ReadOnlySpan<float> values = Rows.ValuesOf(row);
                for (int i = 0; i < places.Length; i++) AddScaled(ref dWeight, (nuint)(places[i] * outputs), values[i], ref dY, from, outputs);
            }
        }

        private static void AddScaled(ref float sum, nuint at, float factor, ref float source, nuint from, int count)
        {
            var factors = Vector512.Create(factor);
            for (nuint i = 0; i < (nuint)count; i += Lanes)
            {
                Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref source, from + i), Vector512.LoadUnsafe(ref sum, at + i)).StoreUnsafe(ref sum, at + i);
            }
        }
    }
}
