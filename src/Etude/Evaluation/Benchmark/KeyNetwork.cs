using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>The network that all keys share: two hidden layers with ReLU, and the logit that the key sounds.</summary>
internal sealed class KeyNetwork : Module
{
    private readonly Linear _first, _second, _third;
    private readonly Dropout _dropInput, _dropFirst, _dropSecond;

    public KeyNetwork(int features, KeyModelOptions options, RandomSource random)
    {
        _first = Register("first", new Linear(features, options.FirstWidth, random));
        _second = Register("second", new Linear(options.FirstWidth, options.SecondWidth, random));
        _third = Register("third", new Linear(options.SecondWidth, 1, random));
        _third.Bias!.Data[0] = -2; // most keys are silent
        _dropInput = Register("drop_input", new Dropout(options.InputDropout, random));
        _dropFirst = Register("drop_first", new Dropout(options.Dropout, random));
        _dropSecond = Register("drop_second", new Dropout(options.Dropout, random));
    }

    /// <returns>[rows, 1]</returns>
    public Tensor Forward(Tape tape, Tensor features)
    {
        Tensor hidden = _dropFirst.Forward(tape, tape.Relu(_first.Forward(tape, _dropInput.Forward(tape, features))));
        return _third.Forward(tape, _dropSecond.Forward(tape, tape.Relu(_second.Forward(tape, hidden))));
    }
}
