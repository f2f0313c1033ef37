using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>The dense layers from a recurrent result to the logits of the cells.</summary>
internal sealed class RollHead : Module
{
    private readonly Linear? _hidden;
    private readonly Dropout _dropout;
    private readonly Linear _output;

    public RollHead(int inputs, int width, RecurrentOptions options, RandomSource random)
    {
        if (options.Hidden > 0) _hidden = Register("hidden", new Linear(inputs, options.Hidden, random));
        _dropout = Register("dropout", new Dropout(options.HiddenDropout, random));
        _output = Register("output", new Linear(options.Hidden > 0 ? options.Hidden : inputs, width, random));
    }

    public Parameter OutputBias => _output.Bias!;

    public Tensor Forward(Tape tape, Tensor x)
    {
        if (_hidden is not null) x = _dropout.Forward(tape, tape.Relu(_hidden.Forward(tape, x)));
        return _output.Forward(tape, x);
    }
}
