using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>From frames to the logits of the frames that follow: memory, then one dense layer.</summary>
internal sealed class SequenceNetwork : Module
{
    private readonly Linear? _embedding, _skip;
    private readonly Func<Tape, Tensor, Tensor>[] _layers;
    private readonly Linear _output;
    private readonly Dropout _dropInput, _dropHidden;

    public SequenceNetwork(SequenceModelOptions options, RandomSource random)
    {
        _dropInput = Register("drop_input", new Dropout(options.InputDropout, random));
        _dropHidden = Register("drop_hidden", new Dropout(options.Dropout, random));
        int inputs = FramePiece.Keys;
        if (options.Embedding > 0) _embedding = Register("embedding", new Linear(inputs, inputs = options.Embedding, random));
        var recurrent = new List<Parameter>();
        _layers = [.. Enumerable.Range(0, options.Core == SequenceCore.Tcn ? options.Blocks : options.Layers).Select(Layer)];
        RecurrentDropout = new WeightDropout(recurrent, options.WeightDropout, random);
        _output = Register("output", new Linear(options.Units, FramePiece.Keys, random));
        if (options.Skip) _skip = Register("skip", new Linear(FramePiece.Keys, FramePiece.Keys, random, bias: false));

        Func<Tape, Tensor, Tensor> Layer(int i)
        {
            int channels = i == 0 ? inputs : options.Units;
            switch (options.Core)
            {
                case SequenceCore.Lstm:
                    Lstm lstm = Register($"lstm.{i}", new Lstm(channels, options.Units, random));
                    recurrent.Add(lstm.WeightHidden);
                    return (tape, x) => _dropHidden.Forward(tape, lstm.Forward(tape, x).Output);
                case SequenceCore.Gru:
                    Gru gru = Register($"gru.{i}", new Gru(channels, options.Units, random));
                    recurrent.Add(gru.WeightHidden);
                    return (tape, x) => _dropHidden.Forward(tape, gru.Forward(tape, x).Output);
                default:
                    return Register($"blocks.{i}", new Block(channels, options, 1 << i, random)).Forward;
            }
        }
    }

    /// <summary>Leaves out some of the weights from each step to the next while training.</summary>
    public WeightDropout RecurrentDropout { get; }

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
        frames = _dropInput.Forward(tape, frames);
        Tensor hidden = frames;
        if (_embedding is not null) hidden = _dropHidden.Forward(tape, tape.Relu(_embedding.Forward(tape, hidden)));
        foreach (var layer in _layers) hidden = layer(tape, hidden);
        Tensor logits = _output.Forward(tape, hidden);
        return _skip is null ? logits : tape.Add(logits, _skip.Forward(tape, frames));
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
