using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// The literature's models of the polyphonic benchmark: an LSTM, GRU or TCN over frames of 88 keys, which are independent
/// given the past. They prove the engine against published figures.
/// </summary>
public sealed class SequenceModel : IFrameModel
{
    private readonly SequenceModelOptions _options;
    private readonly SequenceNetwork _network;

    private SequenceModel(SequenceModelOptions options)
    {
        int dilation = options.Core == SequenceCore.Tcn ? 1 << (options.Blocks - 1) : 1;
        if (options.StretchFrames % dilation != 0)
        {
            throw new ArgumentException($"Stretches of {options.StretchFrames} frames are no multiple of the dilation {dilation}.", nameof(options));
        }
        (_options, Dilation) = (options, dilation);
        _network = new SequenceNetwork(options, new RandomSource((ulong)options.Seed));
    }

    /// <inheritdoc/>
    public string Name => $"{(_options.Layers > 1 ? $"{_options.Layers} x " : "")}{_options.Core} {_options.Units}, independent keys";

    /// <inheritdoc/>
    public long ParameterCount => _network.ParameterCount;

    private int Dilation { get; }

    /// <summary>Trains on a set's training split and keeps the weights that do best on its validation split.</summary>
    /// <param name="set">The set; its test split is not looked at.</param>
    /// <param name="options">By default those of <see cref="SequenceModelOptions"/>.</param>
    /// <param name="progress">Told after each epoch: its number, from 1, and validation nats a frame.</param>
    public static SequenceModel Train(FrameSet set, SequenceModelOptions? options = null, Action<int, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        var model = new SequenceModel(options ?? new SequenceModelOptions());
        model._network.BeginAt(KeyFloor.Shares(set.Train));
        model.Train(set, progress);
        return model;
    }

    /// <inheritdoc/>
    public double NegativeLogLikelihood(FramePiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (piece.PredictedFrames == 0) return 0;
        using var tape = new Tape(training: false);
        (Tensor input, float[] targets) = Batch([(piece, 0, piece.PredictedFrames)], () => 0);
        Tensor logits = _network.Forward(tape, input);
        int outputs = piece.PredictedFrames * FramePiece.Keys; // what follows is padding
        double nats = 0;
        for (int i = 0; i < outputs; i++)
        {
            double x = targets[i] > 0 ? -logits.Data[i] : logits.Data[i];
            nats += Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        }
        return nats;
    }

    private void Train(FrameSet set, Action<int, double>? progress)
    {
        var random = new Random(_options.Seed);
        using var tape = new Tape();
        var adam = new Adam(_network.Parameters, new AdamOptions { LearningRate = _options.LearningRate, WeightDecay = _options.WeightDecay, DecoupledWeightDecay = true });
        var stretches = set.Train.SelectMany(piece => Enumerable.Range(0, (piece.PredictedFrames + _options.StretchFrames - 1) / _options.StretchFrames)
            .Select(i => (Piece: piece, First: i * _options.StretchFrames, Frames: Math.Min(_options.StretchFrames, piece.PredictedFrames - i * _options.StretchFrames))))
            .ToList();
        int steps = _options.Epochs * ((stretches.Count + _options.BatchPieces - 1) / _options.BatchPieces);
        var schedule = new CosineSchedule(_options.LearningRate, steps, Math.Min(100, steps / 10), _options.LearningRate / 100);
        var average = new WeightAverage(_network.Parameters, 0.99f);
        double best = double.PositiveInfinity;
        float[][] kept = [];
        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            // Stretches of like length stand together, so that little is padding; which, and in what order, is chance.
            var batches = stretches.OrderBy(stretch => stretch.Frames + random.Next(16)).Chunk(_options.BatchPieces).ToArray();
            random.Shuffle(batches);
            foreach (var batch in batches)
            {
                (Tensor input, float[] targets) = Batch(batch, () => random.Next(-_options.Transposition, _options.Transposition + 1));
                _network.RecurrentDropout.Drop();
                var loss = tape.BinaryCrossEntropy(_network.Forward(tape, input), targets);
                tape.Backward(loss.Tensor);
                _network.RecurrentDropout.Restore();
                Gradients.ClipByNorm(_network.Parameters, 0.5f);
                adam.LearningRate = schedule.At(adam.StepCount);
                adam.Step();
                tape.Reset();
                average.Update();
            }
            average.Swap();
            double nats = FrameLikelihood.NatsPerFrame(this, set.Valid);
            if (nats < best) (best, kept) = (nats, [.. _network.Parameters.Select(parameter => parameter.Data.ToArray())]);
            average.Swap();
            progress?.Invoke(epoch, nats);
        }
        foreach ((var parameter, float[] values) in _network.Parameters.Zip(kept)) values.CopyTo(parameter.Data);
    }

    // Frames and those that follow, [batch, time, 88]; padding is silence after silence, which costs nothing to learn.
    private (Tensor Input, float[] Targets) Batch((FramePiece Piece, int First, int Frames)[] stretches, Func<int> transposition)
    {
        int time = stretches.Max(stretch => stretch.Frames);
        time = (time + Dilation - 1) / Dilation * Dilation;
        var input = new Tensor([stretches.Length, time, FramePiece.Keys]);
        var targets = new float[input.Length];
        for (int i = 0; i < stretches.Length; i++)
        {
            (FramePiece piece, int first, int frames) = stretches[i];
            int up = transposition();
            for (int frame = 0; frame < frames; frame++)
            {
                int at = (i * time + frame) * FramePiece.Keys;
                Write(Moved(piece.Frames[first + frame], up), input.Data.Slice(at, FramePiece.Keys));
                Write(Moved(piece.Frames[first + frame + 1], up), targets.AsSpan(at, FramePiece.Keys));
            }
        }
        return (input, targets);
    }

    private static UInt128 Moved(UInt128 frame, int up) => up >= 0 ? frame << up & ((UInt128.One << FramePiece.Keys) - 1) : frame >> -up;

    private static void Write(UInt128 frame, Span<float> keys)
    {
        for (UInt128 bits = frame; bits != 0; bits &= bits - 1) keys[(int)UInt128.TrailingZeroCount(bits)] = 1;
    }
}
