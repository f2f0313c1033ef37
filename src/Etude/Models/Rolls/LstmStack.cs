using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>LSTM layers one after another, dropout between them, whose state carries gradients from one sequence to the next.</summary>
internal sealed class LstmStack : Module
{
    private readonly Lstm[] _layers;
    private readonly Dropout _dropout;

    public LstmStack(int inputs, RecurrentOptions options, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.Units.Count);
        _layers = new Lstm[options.Units.Count];
        for (int i = 0; i < _layers.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(options.Units[i], 1);
            _layers[i] = Register(FormattableString.Invariant($"{i}"), new Lstm(i == 0 ? inputs : options.Units[i - 1], options.Units[i], random));
        }
        _dropout = Register("dropout", new Dropout(options.Dropout, random));
    }

    public int Outputs => _layers[^1].Units;

    /// <summary>States of zeros that own their memory.</summary>
    public LstmState[] CreateStates(int batch) => [.. _layers.Select(layer => layer.CreateState(batch))];

    /// <summary>Runs over [batch, time, inputs] from states (zeros where null); they are then those at its end, on the tape.</summary>
    public Tensor Forward(Tape tape, Tensor x, ref LstmState[]? states)
    {
        var ends = new LstmState[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            if (i > 0) x = _dropout.Forward(tape, x);
            (x, ends[i]) = _layers[i].Forward(tape, x, states?[i]);
        }
        states = ends;
        return x;
    }

    /// <summary>One step without a tape, [batch, inputs]; the last state's hidden part is the result.</summary>
    public void Step(ReadOnlySpan<float> x, LstmState[] states)
    {
        for (int i = 0; i < _layers.Length; i++) _layers[i].Step(i == 0 ? x : states[i - 1].Hidden.Data, states[i]);
    }
}
