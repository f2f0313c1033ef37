using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// One layer of long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers and others 2000)
/// over whole sequences: i, f, o = sigmoid, g = tanh of W_ih x + W_hh h + b; c' = f c + i g; h' = o tanh(c').
/// </summary>
/// <remarks>
/// Parameters: <c>weight_ih</c> [4 units, inputs], <c>weight_hh</c> [4 units, units], <c>bias</c> [4 units], gates in
/// PyTorch's order i, f, g, o; the bias is the sum of PyTorch's two. For several layers feed one's result to the next.
/// </remarks>
public sealed class Lstm : Module
{
    /// <summary>
    /// Draws the input weights by <see cref="Initialization.GlorotUniform"/> and each gate's recurrent weights by
    /// <see cref="Initialization.Orthogonal"/>; the bias begins at zero but for the forget gate.
    /// </summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="units">Channels of h and c.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <param name="forgetBias">The forget gate's first bias; 1 lets a new network remember (Jozefowicz and others 2015).</param>
    public Lstm(int inputs, int units, RandomSource random, float forgetBias = 1)
    {
        WeightInput = Register("weight_ih", new Parameter([4 * units, inputs]).GlorotUniform(random));
        WeightHidden = Register("weight_hh", new Parameter([4 * units, units]).Orthogonal(random, blocks: 4));
        Bias = Register("bias", new Parameter([4 * units]));
        Bias.Data.Slice(units, units).Fill(forgetBias);
    }

    /// <summary>[4 units, inputs]</summary>
    public Parameter WeightInput { get; }

    /// <summary>[4 units, units]</summary>
    public Parameter WeightHidden { get; }

    /// <summary>[4 units]</summary>
    public Parameter Bias { get; }

    /// <summary>Channels of x.</summary>
    public int Inputs => WeightInput.Shape[1];

    /// <summary>Channels of h and c.</summary>
    public int Units => WeightHidden.Shape[1];

    /// <summary>A state of zeros that owns its memory, to carry between tapes or to pass to <see cref="Step"/>.</summary>
    public LstmState CreateState(int batch) => new(new Tensor([batch, Units]), new Tensor([batch, Units]));

    /// <summary>Runs over a sequence.</summary>
    /// <param name="tape">Where results live and are recorded.</param>
    /// <param name="x">[batch, time, inputs], time at least 1.</param>
    /// <param name="initial">
    /// The state before the first step; zeros where null. Gradients flow into it where its tensors require them, as
    /// those of a state made on the same tape do.
    /// </param>
    /// <returns>h of every step, [batch, time, units], and the state after the last one, both on the tape.</returns>
    public (Tensor Output, LstmState State) Forward(Tape tape, Tensor x, LstmState? initial = null)
    {
        TimeMajor.Check(x, Inputs, WeightInput, initial?.Hidden, Units);
        TimeMajor.Check(x, Inputs, WeightInput, initial?.Cell, Units);
        Shape shape = [x.Shape[0], Units];
        bool trains = x.RequiresGradient || WeightInput.RequiresGradient || WeightHidden.RequiresGradient || Bias.RequiresGradient
            || initial is { Hidden.RequiresGradient: true } or { Cell.RequiresGradient: true };
        var output = tape.Allocate([x.Shape[0], x.Shape[1], Units], trains);
        var state = new LstmState(tape.Allocate(shape, trains), tape.Allocate(shape, trains));
        var run = new Sequence(this, tape, x, initial, output, state);
        run.Forward();
        if (output.RequiresGradient) tape.Record<Operation>().Run = run;
        return (output, state);
    }

    /// <summary>
    /// One step, recorded nowhere and without allocating: for generation. Safe for several threads at once, each with a
    /// state (and tape) of its own.
    /// </summary>
    /// <param name="x">[batch, inputs]</param>
    /// <param name="state">Taken one step on, in place; its hidden part is the step's result.</param>
    /// <param name="tape">Keeps packed weights from step to step where there are many sequences; null: they are packed each time.</param>
    public void Step(ReadOnlySpan<float> x, LstmState state, Tape? tape = null)
    {
        int units = Units, batch = state.Hidden.Shape[0];
        if (x.Length != batch * Inputs)
            throw new ArgumentException($"{x.Length} values came for [{batch}, {Inputs}] ({WeightInput.Name}).", nameof(x));
        var buffer = BufferPool.Shared.Rent(batch * 5 * units);
        var gates = buffer.Slice(0, batch * 4 * units);
        DenseProduct.Forward(tape, batch, x, WeightInput, Bias, gates);
        DenseProduct.Forward(tape, batch, state.Hidden.Data, WeightHidden, null, gates, accumulate: true);
        LstmGates.Forward(
            batch, units, gates, state.Cell.Data, state.Cell.Data, buffer.Slice(gates.Length, batch * units), state.Hidden.Data);
        BufferPool.Shared.Return(buffer);
    }

    /// <summary>
    /// One run over a sequence. Inside, time comes before batch, so that what one step touches lies together; hidden and
    /// cell hold the initial state at index 0 and the state after step t at t + 1.
    /// </summary>
    private readonly struct Sequence
    {
        private readonly Lstm _layer;
        private readonly Tape _tape;
        private readonly Tensor _x, _output;
        private readonly LstmState? _initial;
        private readonly LstmState _final;
        private readonly AlignedBuffer _input; // [time, batch, inputs]
        private readonly AlignedBuffer _gates; // [time, batch, 4 units]
        private readonly AlignedBuffer _hidden; // [time + 1, batch, units]
        private readonly AlignedBuffer _cell; // [time + 1, batch, units]
        private readonly AlignedBuffer _tanhCell; // [time, batch, units]
        private readonly AlignedBuffer? _gradients; // [2, batch, units]: of h and of c, carried back from step to step

        public Sequence(Lstm layer, Tape tape, Tensor x, LstmState? initial, Tensor output, LstmState final)
        {
            (_layer, _tape, _x, _initial, _output, _final) = (layer, tape, x, initial, output, final);
            int units = layer.Units, step = Batch * units;
            _input = tape.ScratchBuffer(x.Length);
            _gates = tape.ScratchBuffer(Time * step * 4);
            _hidden = tape.ScratchBuffer((Time + 1) * step);
            _cell = tape.ScratchBuffer((Time + 1) * step);
            _tanhCell = tape.ScratchBuffer(Time * step);
            if (output.RequiresGradient) _gradients = tape.ScratchBuffer(2 * step);
        }

        private int Batch => _x.Shape[0];

        private int Time => _x.Shape[1];

        public void Forward()
        {
            int batch = Batch, time = Time, units = _layer.Units, step = batch * units, rows = batch * time;
            var input = _input.Slice(0, _x.Length);
            TimeMajor.Pack(batch, time, _layer.Inputs, _x.Data, input);
            DenseProduct.Forward(_tape, rows, input, _layer.WeightInput, _layer.Bias, _gates.Slice(0, rows * 4 * units));
            TimeMajor.Begin(_initial?.Hidden, _hidden.Slice(0, step));
            TimeMajor.Begin(_initial?.Cell, _cell.Slice(0, step));
            var recurrent = _tape.Packed(_layer.WeightHidden, true); // [units, 4 units]
            for (int t = 0; t < time; t++)
            {
                var gates = _gates.Slice(t * step * 4, step * 4);
                var hidden = _hidden.Slice((t + 1) * step, step);
                Gemm.Multiply(batch, _hidden.Slice(t * step, step), units, recurrent, true, gates, 4 * units);
                LstmGates.Forward(
                    batch, units, gates, _cell.Slice(t * step, step), _cell.Slice((t + 1) * step, step), _tanhCell.Slice(t * step, step), hidden);
                TimeMajor.UnpackStep(batch, time, units, t, hidden, _output.Data);
            }

            _hidden.Slice(time * step, step).CopyTo(_final.Hidden.Data);
            _cell.Slice(time * step, step).CopyTo(_final.Cell.Data);
        }

        public void Backward()
        {
            int batch = Batch, time = Time, units = _layer.Units, step = batch * units, rows = batch * time;
            var dHidden = _gradients!.Slice(0, step);
            var dCell = _gradients.Slice(step, step);
            TimeMajor.BeginGradient(_final.Hidden, dHidden);
            TimeMajor.BeginGradient(_final.Cell, dCell);
            var recurrent = _tape.Packed(_layer.WeightHidden, false); // [4 units, units]
            for (int t = time - 1; t >= 0; t--)
            {
                var gates = _gates.Slice(t * step * 4, step * 4);
                if (_output.HasGradient) TimeMajor.AddStep(batch, time, units, t, _output.Gradient, dHidden);
                LstmGates.Backward(batch, units, gates, _cell.Slice(t * step, step), _tanhCell.Slice(t * step, step), dHidden, dCell);
                Gemm.Multiply(batch, gates, 4 * units, recurrent, false, dHidden, units);
            }

            var dGates = _gates.Slice(0, rows * 4 * units);
            DenseProduct.BackwardWeights(rows, _input.Slice(0, _x.Length), dGates, _layer.WeightInput, _layer.Bias);
            DenseProduct.BackwardWeights(rows, _hidden.Slice(0, time * step), dGates, _layer.WeightHidden, null);
            TimeMajor.InputGradient(_tape, _x, dGates, _layer.WeightInput, _input.Slice(0, _x.Length));
            if (_initial is not { } initial) return;
            if (initial.Hidden.RequiresGradient) Elementwise.Add(initial.Hidden.Gradient, dHidden, initial.Hidden.Gradient);
            if (initial.Cell.RequiresGradient) Elementwise.Add(initial.Cell.Gradient, dCell, initial.Cell.Gradient);
        }
    }

    private sealed class Operation : Autograd.Operation
    {
        public Sequence Run;

        public override void Backward() => Run.Backward();
    }
}
