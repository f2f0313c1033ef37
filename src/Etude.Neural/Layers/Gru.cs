using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// One layer of gated recurrent units (Cho and others 2014) over whole sequences, in PyTorch's form: with a = W_ih x + b_ih
/// and b = W_hh h + b_hh, r = sigmoid(a_r + b_r), z = sigmoid(a_z + b_z), n = tanh(a_n + r b_n), h' = (1 - z) n + z h.
/// </summary>
/// <remarks>
/// Parameters: <c>weight_ih</c> [3 units, inputs], <c>weight_hh</c> [3 units, units], <c>bias_ih</c> and <c>bias_hh</c>
/// [3 units], gates in PyTorch's order r, z, n. For several layers feed one's result to the next.
/// </remarks>
public sealed class Gru : Module
{
    /// <summary>
    /// Draws the input weights by <see cref="Initialization.GlorotUniform"/> and each gate's recurrent weights by
    /// <see cref="Initialization.Orthogonal"/>; biases begin at zero.
    /// </summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="units">Channels of h.</param>
    /// <param name="random">The source of the first weights.</param>
    public Gru(int inputs, int units, RandomSource random)
    {
        WeightInput = Register("weight_ih", new Parameter([3 * units, inputs]).GlorotUniform(random));
        WeightHidden = Register("weight_hh", new Parameter([3 * units, units]).Orthogonal(random, blocks: 3));
        BiasInput = Register("bias_ih", new Parameter([3 * units]));
        BiasHidden = Register("bias_hh", new Parameter([3 * units]));
    }

    /// <summary>[3 units, inputs]</summary>
    public Parameter WeightInput { get; }

    /// <summary>[3 units, units]</summary>
    public Parameter WeightHidden { get; }

    /// <summary>[3 units]</summary>
    public Parameter BiasInput { get; }

    /// <summary>[3 units]</summary>
    public Parameter BiasHidden { get; }

    /// <summary>Channels of x.</summary>
    public int Inputs => WeightInput.Shape[1];

    /// <summary>Channels of h.</summary>
    public int Units => WeightHidden.Shape[1];

    /// <summary>A state of zeros, [batch, units], that owns its memory, to carry between tapes or to pass to <see cref="Step"/>.</summary>
    public Tensor CreateState(int batch) => new([batch, Units]);

    /// <summary>Runs over a sequence.</summary>
    /// <param name="tape">Where results live and are recorded.</param>
    /// <param name="x">[batch, time, inputs], time at least 1.</param>
    /// <param name="initial">h before the first step, [batch, units]; zeros where null. A gradient flows into it where it requires one.</param>
    /// <returns>h of every step, [batch, time, units], and h after the last one, [batch, units], both on the tape.</returns>
    public (Tensor Output, Tensor State) Forward(Tape tape, Tensor x, Tensor? initial = null)
    {
        TimeMajor.Check(x, Inputs, WeightInput, initial, Units);
        bool trains = x.RequiresGradient || WeightInput.RequiresGradient || WeightHidden.RequiresGradient
            || BiasInput.RequiresGradient || BiasHidden.RequiresGradient || initial is { RequiresGradient: true };
        var output = tape.Allocate([x.Shape[0], x.Shape[1], Units], trains);
        var state = tape.Allocate([x.Shape[0], Units], trains);
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
    /// <param name="state">Taken one step on, in place; it is the step's result.</param>
    /// <param name="tape">Keeps packed weights from step to step where there are many sequences; null: they are packed each time.</param>
    public void Step(ReadOnlySpan<float> x, Tensor state, Tape? tape = null)
    {
        int units = Units, batch = state.Shape[0];
        if (x.Length != batch * Inputs)
            throw new ArgumentException($"{x.Length} values came for [{batch}, {Inputs}] ({WeightInput.Name}).", nameof(x));
        var buffer = BufferPool.Shared.Rent(batch * 6 * units);
        var gates = buffer.Slice(0, batch * 3 * units);
        var recurrent = buffer.Slice(gates.Length, gates.Length);
        DenseProduct.Forward(tape, batch, x, WeightInput, BiasInput, gates);
        DenseProduct.Forward(tape, batch, state.Data, WeightHidden, BiasHidden, recurrent);
        GruGates.Forward(batch, units, gates, recurrent, state.Data, state.Data);
        BufferPool.Shared.Return(buffer);
    }

    /// <summary>
    /// One run over a sequence. Inside, time comes before batch, so that what one step touches lies together; hidden
    /// holds the initial state at index 0 and the state after step t at t + 1.
    /// </summary>
    private readonly struct Sequence
    {
        private readonly Gru _layer;
        private readonly Tape _tape;
        private readonly Tensor _x, _output, _final;
        private readonly Tensor? _initial;
        private readonly AlignedBuffer _input; // [time, batch, inputs]
        private readonly AlignedBuffer _gates; // [time, batch, 3 units]
        private readonly AlignedBuffer _recurrent; // [time, batch, 3 units]
        private readonly AlignedBuffer _hidden; // [time + 1, batch, units]
        private readonly AlignedBuffer? _gradient; // [batch, units]: of h, carried back from step to step

        public Sequence(Gru layer, Tape tape, Tensor x, Tensor? initial, Tensor output, Tensor final)
        {
            (_layer, _tape, _x, _initial, _output, _final) = (layer, tape, x, initial, output, final);
            int units = layer.Units, step = Batch * units;
            _input = tape.ScratchBuffer(x.Length);
            _gates = tape.ScratchBuffer(Time * step * 3);
            _recurrent = tape.ScratchBuffer(Time * step * 3);
            _hidden = tape.ScratchBuffer((Time + 1) * step);
            if (output.RequiresGradient) _gradient = tape.ScratchBuffer(step);
        }

        private int Batch => _x.Shape[0];

        private int Time => _x.Shape[1];

        public void Forward()
        {
            int batch = Batch, time = Time, units = _layer.Units, step = batch * units, rows = batch * time;
            var input = _input.Slice(0, _x.Length);
            TimeMajor.Pack(batch, time, _layer.Inputs, _x.Data, input);
            DenseProduct.Forward(_tape, rows, input, _layer.WeightInput, _layer.BiasInput, _gates.Slice(0, rows * 3 * units));
            TimeMajor.Begin(_initial, _hidden.Slice(0, step));
            var weight = _tape.Packed(_layer.WeightHidden, true); // [units, 3 units]
            for (int t = 0; t < time; t++)
            {
                var previous = _hidden.Slice(t * step, step);
                var recurrent = _recurrent.Slice(t * step * 3, step * 3);
                var hidden = _hidden.Slice((t + 1) * step, step);
                Gemm.Multiply(batch, previous, units, weight, false, recurrent, 3 * units, _layer.BiasHidden.Data);
                GruGates.Forward(batch, units, _gates.Slice(t * step * 3, step * 3), recurrent, previous, hidden);
                TimeMajor.UnpackStep(batch, time, units, t, hidden, _output.Data);
            }

            _hidden.Slice(time * step, step).CopyTo(_final.Data);
        }

        public void Backward()
        {
            int batch = Batch, time = Time, units = _layer.Units, step = batch * units, rows = batch * time;
            var dHidden = _gradient!.Slice(0, step);
            TimeMajor.BeginGradient(_final, dHidden);
            var weight = _tape.Packed(_layer.WeightHidden, false); // [3 units, units]
            for (int t = time - 1; t >= 0; t--)
            {
                var recurrent = _recurrent.Slice(t * step * 3, step * 3);
                if (_output.HasGradient) TimeMajor.AddStep(batch, time, units, t, _output.Gradient, dHidden);
                GruGates.Backward(batch, units, _gates.Slice(t * step * 3, step * 3), recurrent, _hidden.Slice(t * step, step), dHidden);
                Gemm.Multiply(batch, recurrent, 3 * units, weight, true, dHidden, units);
            }

            var dGates = _gates.Slice(0, rows * 3 * units);
            DenseProduct.BackwardWeights(rows, _input.Slice(0, _x.Length), dGates, _layer.WeightInput, _layer.BiasInput);
            DenseProduct.BackwardWeights(
                rows, _hidden.Slice(0, time * step), _recurrent.Slice(0, rows * 3 * units), _layer.WeightHidden, _layer.BiasHidden);
            TimeMajor.InputGradient(_tape, _x, dGates, _layer.WeightInput, _input.Slice(0, _x.Length));
            if (_initial is { RequiresGradient: true }) Elementwise.Add(_initial.Gradient, dHidden, _initial.Gradient);
        }
    }

    private sealed class Operation : Autograd.Operation
    {
        public Sequence Run;

        public override void Backward() => Run.Backward();
    }
}
