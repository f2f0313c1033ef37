using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

/// <summary>LSTM and GRU steps against plain loops in double precision; their derivatives against finite differences.</summary>
public sealed class GatesTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 2, 15 }, { 3, 16 }, { 1, 17 }, { 5, 33 }, { 40, 100 }, { 0, 8 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Lstm(int batch, int units)
    {
        int size = batch * units;
        float[] gates = Numbers.Uniform(1, 4 * size, -3, 3), previous = Numbers.Uniform(2, size), dHidden = Numbers.Uniform(3, size);
        float[] dCell = Numbers.Uniform(4, size), before = [.. gates], cell = new float[size], tanhCell = new float[size], hidden = new float[size];

        LstmGates.Forward(batch, units, gates, previous, cell, tanhCell, hidden);
        (double[] expectedHidden, double[] expectedCell) = LstmStep(batch, units, before, previous);
        Numbers.AssertClose(expectedHidden, hidden, 1e-6);
        Numbers.AssertClose(expectedCell, cell, 1e-6);

        // The objective whose gradients come in: sum of dHidden h + dCell c.
        float[] dHere = [.. dCell];
        LstmGates.Backward(batch, units, gates, previous, tanhCell, dHidden, dHere);
        double Objective(float[] g, float[] c)
        {
            (double[] h, double[] next) = LstmStep(batch, units, g, c);
            return h.Select((value, i) => value * dHidden[i] + next[i] * dCell[i]).Sum();
        }
        AssertSlopes(before, gates, () => Objective(before, previous));
        AssertSlopes(previous, dHere, () => Objective(before, previous));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gru(int batch, int units)
    {
        int size = batch * units;
        float[] gates = Numbers.Uniform(1, 3 * size, -3, 3), recurrent = Numbers.Uniform(2, 3 * size), previous = Numbers.Uniform(3, size);
        float[] dHidden = Numbers.Uniform(4, size), hidden = new float[size], x = [.. gates], r = [.. recurrent], upstream = [.. dHidden];

        GruGates.Forward(batch, units, gates, recurrent, previous, hidden);
        Numbers.AssertClose(GruStep(batch, units, x, r, previous), hidden, 1e-6);

        GruGates.Backward(batch, units, gates, recurrent, previous, dHidden);
        double Objective() => GruStep(batch, units, x, r, previous).Select((value, i) => value * upstream[i]).Sum();
        AssertSlopes(x, gates, Objective);
        AssertSlopes(r, recurrent, Objective);
        AssertSlopes(previous, dHidden, Objective);
    }

    [Fact]
    public void Threads_do_not_change_a_bit() => Numbers.AssertSameForAnyThreads(() =>
    {
        const int Batch = 64, Units = 130;
        float[] gates = Numbers.Uniform(1, 4 * Batch * Units), previous = Numbers.Uniform(2, Batch * Units);
        float[] cell = new float[Batch * Units], tanhCell = new float[Batch * Units], hidden = new float[Batch * Units];
        LstmGates.Forward(Batch, Units, gates, previous, cell, tanhCell, hidden);
        LstmGates.Backward(Batch, Units, gates, previous, tanhCell, hidden, cell);
        return [.. gates, .. hidden, .. cell];
    });

    // A few places suffice: each element is its own small function.
    private static void AssertSlopes(float[] inputs, float[] slopes, Func<double> objective)
    {
        for (int i = 0; i < inputs.Length; i += Math.Max(1, inputs.Length / 7))
        {
            float value = inputs[i];
            inputs[i] = value + 1 / 512f;
            double above = objective();
            inputs[i] = value - 1 / 512f;
            double below = objective();
            inputs[i] = value;
            Assert.Equal((above - below) * 256, slopes[i], 1e-4);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static (double[] Hidden, double[] Cell) LstmStep(int batch, int units, float[] gates, float[] previous)
    {
        double[] hidden = new double[batch * units], cell = new double[batch * units];
        for (int row = 0; row < batch; row++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                int at = row * units + unit, gate = row * 4 * units + unit;
                cell[at] = Sigmoid(gates[gate + units]) * previous[at] + Sigmoid(gates[gate]) * Math.Tanh(gates[gate + 2 * units]);
                hidden[at] = Sigmoid(gates[gate + 3 * units]) * Math.Tanh(cell[at]);
            }
        }
        return (hidden, cell);
    }

    private static double[] GruStep(int batch, int units, float[] x, float[] r, float[] previous)
    {
        double[] hidden = new double[batch * units];
        for (int row = 0; row < batch; row++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                int at = row * units + unit, gate = row * 3 * units + unit;
                double reset = Sigmoid((double)x[gate] + r[gate]), update = Sigmoid((double)x[gate + units] + r[gate + units]);
                double candidate = Math.Tanh(x[gate + 2 * units] + reset * r[gate + 2 * units]);
                hidden[at] = (1 - update) * candidate + update * previous[at];
            }
        }
        return hidden;
    }
}
