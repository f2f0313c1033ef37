using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>From frames to the logits of the frames that follow: memory, then one dense layer.</summary>
internal sealed class SequenceNetwork : Module
{
    private readonly Lstm[] _lstms = [];
    private readonly Gru? _gru;
    private readonly Block[] _blocks = [];
    private readonly Linear _output;
    private readonly Dropout _dropInput, _dropOutput;

    public SequenceNetwork(SequenceModelOptions options, RandomSource random)
    {
        switch (options.Core)
        {
            case SequenceCore.Lstm:
                _lstms = [.. Enumerable.Range(0, options.Layers).Select(i => Register(
                    i == 0 ? "lstm" : $"lstm{i + 1}", new Lstm(i == 0 ? FramePiece.Keys : options.Units, options.Units, random)))];
                break;
            case SequenceCore.Gru:
                _gru = Register("gru", new Gru(FramePiece.Keys, options.Units, random));
                break;
            default:
                _blocks = [.. Enumerable.Range(0, options.Blocks).Select(i => Register(
                    $"blocks.{i}", new Block(i == 0 ? FramePiece.Keys : options.Units, options, 1 << i, random)))];
                break;
        }
        _output = Register("output", new Linear(options.Units, FramePiece.Keys, random));
        _dropInput = Register("drop_input", new Dropout(options.InputDropout, random));
        _dropOutput = Register("drop_output", new Dropout(options.Dropout, random));
    }

    /// <summary>Lets every key begin at the share of frames it sounds in, so that training need not find silence first.</summary>
    public void BeginAt(ReadOnlySpan<double> shares)
    {
        for (int key = 0; key < shares.Length; key++) _output.Bias!.Data[key] = (float)Math.Log(shares[key] / (1 - shares[key]));
    }

    /// <param name="tape">Where the result lives.</param>
    /// <param name="frames">[batch, time, 88]; for a TCN, time is a multiple of the largest dilation.</param>
    /// <returns>[batch, time, 88]</returns>
    public Tensor Forward(Tape tape, Tensor frames)
    {
        Tensor hidden = _dropInput.Forward(tape, frames);
        for (int i = 0; i < _lstms.Length; i++) hidden = _lstms[i].Forward(tape, i == 0 ? hidden : _dropOutput.Forward(tape, hidden)).Output;
        if (_gru is not null) hidden = _gru.Forward(tape, hidden).Output;
        foreach (Block block in _blocks) hidden = block.Forward(tape, hidden);
        return _output.Forward(tape, _blocks.Length > 0 ? hidden : _dropOutput.Forward(tape, hidden));
    }

    /// <summary>Two causal convolutions with ReLU and dropout, and the input added; of weight normalization it has none.</summary>
    private sealed class Block : Module
    {
        private readonly Conv1d _first, _second;
        private readonly Linear? _residual;
        private readonly Dropout _dropFirst, _dropSecond;
        private readonly int _dilation;

        public Block(int inputs, SequenceModelOptions options, int dilation, RandomSource random)
        {
            _dilation = dilation;
            _first = Register("first", new Conv1d(inputs, options.Units, options.Taps, random, ConvolutionPadding.Causal));
            _second = Register("second", new Conv1d(options.Units, options.Units, options.Taps, random, ConvolutionPadding.Causal));
            if (inputs != options.Units) _residual = Register("residual", new Linear(inputs, options.Units, random));
            _dropFirst = Register("drop_first", new Dropout(options.Dropout, random));
            _dropSecond = Register("drop_second", new Dropout(options.Dropout, random));
        }

        public Tensor Forward(Tape tape, Tensor x)
        {
            Tensor hidden = _dropFirst.Forward(tape, tape.Relu(Dilated(tape, _first, x)));
            hidden = _dropSecond.Forward(tape, tape.Relu(Dilated(tape, _second, hidden)));
            return tape.Relu(tape.Add(hidden, _residual is null ? x : _residual.Forward(tape, x)));
        }

        // Every d-th frame is a sequence of its own: d of them side by side make a convolution of dilation d.
        private Tensor Dilated(Tape tape, Conv1d layer, Tensor x)
        {
            if (_dilation == 1) return layer.Forward(tape, x);
            (int batch, int time, int channels) = (x.Shape[0], x.Shape[1], x.Shape[2]);
            Tensor apart = tape.Transpose(tape.Reshape(x, [batch, time / _dilation, _dilation, channels]), 1, 2);
            Tensor y = layer.Forward(tape, tape.Reshape(apart, [batch * _dilation, time / _dilation, channels]));
            int outputs = y.Shape[2];
            Tensor together = tape.Transpose(tape.Reshape(y, [batch, _dilation, time / _dilation, outputs]), 1, 2);
            return tape.Reshape(together, [batch, time, outputs]);
        }
    }
}
