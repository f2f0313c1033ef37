using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>Predicts step after step, one sequence. Several may share a network, each on a thread of its own.</summary>
public sealed class StepReader : IDisposable
{
    private readonly LstmStack _layers;
    private readonly LstmState[] _states;
    private readonly Func<Tape, Tensor, Tensor> _head;
    private readonly Tape _tape = new(training: false);

    internal StepReader(LstmStack layers, LstmState[] states, Func<Tape, Tensor, Tensor> head) =>
        (_layers, _states, _head) = (layers, states, head);

    /// <inheritdoc/>
    public void Dispose() => _tape.Dispose();

    /// <summary>Reads a step and predicts the next.</summary>
    /// <param name="step">[width]</param>
    /// <param name="logits">[width]: filled with the logits of its cells.</param>
    public void Next(ReadOnlySpan<float> step, Span<float> logits)
    {
        Skip(step);
        Tensor x = _tape.Allocate([1, 1, _layers.Outputs]);
        x.CopyFrom(_states[^1].Hidden);
        _head(_tape, x).Data.CopyTo(logits);
        _tape.Reset();
    }

    /// <summary>Goes on from other states.</summary>
    internal void Take(LstmState[] states)
    {
        for (int i = 0; i < states.Length; i++) _states[i].CopyFrom(states[i]);
    }

    /// <summary>Reads a step.</summary>
    internal void Skip(ReadOnlySpan<float> step) => _layers.Step(step, _states);
}
