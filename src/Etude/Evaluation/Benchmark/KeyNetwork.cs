using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>The network that all keys share: two hidden layers with ReLU, and the logit that the key sounds.</summary>
internal sealed class KeyNetwork : Module
{
    private readonly SparseLinear _first;
    private readonly Linear _second, _third;
    private readonly Dropout _dropFirst, _dropSecond;

    public KeyNetwork(int features, KeyModelOptions options, RandomSource random)
    {
        _first = Register("first", new SparseLinear(features, options.FirstWidth, random));
        _second = Register("second", new Linear(options.FirstWidth, options.SecondWidth, random));
        _third = Register("third", new Linear(options.SecondWidth, 1, random));
        _third.Bias!.Data[0] = -2; // most keys are silent
        _dropFirst = Register("drop_first", new Dropout(options.Dropout, random));
        _dropSecond = Register("drop_second", new Dropout(options.Dropout, random));
    }

    /// <param name="tape">Where the result lives.</param>
    /// <param name="features">A row a key.</param>
    /// <returns>[rows, 1]</returns>
    public Tensor Forward(Tape tape, SparseRows features)
    {
        Tensor hidden = _dropFirst.Forward(tape, tape.Relu(_first.Forward(tape, features)));
        return _third.Forward(tape, _dropSecond.Forward(tape, tape.Relu(_second.Forward(tape, hidden))));
    }
}
