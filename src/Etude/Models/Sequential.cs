using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>Layers one after another over sequences of vectors.</summary>
public sealed class Sequential : Module
{
    private readonly SequenceLayer[] _layers;

    /// <summary>Builds the layers in order.</summary>
    /// <param name="inputs">Channels of what comes in.</param>
    /// <param name="layers">What the recipe lists.</param>
    /// <param name="random">The source of the first weights.</param>
    public Sequential(int inputs, IReadOnlyList<LayerOptions> layers, RandomSource random)
    {
        _layers = new SequenceLayer[layers.Count];
        Outputs = inputs;
        for (int i = 0; i < layers.Count; i++)
        {
            _layers[i] = Register(FormattableString.Invariant($"{i}"), layers[i].Build(Outputs, random));
            Outputs = _layers[i].Outputs;
        }
    }

    /// <summary>Channels of what goes out.</summary>
    public int Outputs { get; }

    /// <summary>How many steps before it a step can hang on; null where there is no limit.</summary>
    public int? Reach => _layers.All(layer => layer.Reach is not null) ? _layers.Sum(layer => layer.Reach) : null;

    /// <summary>Memory for sequences that go on from one another; see <see cref="SequenceLayer.CreateMemory"/>.</summary>
    /// <param name="batch">Sequences side by side.</param>
    /// <param name="recalled">What else the network remembers: the tokens to recall.</param>
    /// <param name="clock">And where in the music it is.</param>
    public NetworkMemory CreateMemory(int batch, Tensor? recalled = null, Tensor? clock = null) =>
        new([.. _layers.Select(layer => layer.CreateMemory(batch))], recalled, clock, batch);

    /// <summary>Runs over whole sequences, [batch, time, inputs] to [batch, time, outputs], and takes the memory on.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, inputs]</param>
    /// <param name="memory">Where to go on from; taken on.</param>
    /// <param name="bars">[batch, time]: when each step is, in bars, for layers that need it; else empty.</param>
    public Tensor Forward(Tape tape, Tensor x, NetworkMemory memory, ReadOnlySpan<float> bars = default)
    {
        for (int i = 0; i < _layers.Length; i++) x = _layers[i].Forward(tape, x, memory.OfLayer(i), bars);
        return x;
    }
}
