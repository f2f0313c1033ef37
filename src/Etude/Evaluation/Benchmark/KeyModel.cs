using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// A small network for the polyphonic benchmark that sees each key from itself: what sounds so far above and below it in the
/// last frames, how long it has been silent, and what followed the same context earlier in the piece.
/// </summary>
/// <remarks>
/// Of the silent keys that a rule of thumb calls easy, training sees only a share s, and ln s is added to their logits when
/// the model is used: with all sounding keys kept, that is what makes the odds right again.
/// </remarks>
public sealed class KeyModel : IFrameModel
{
    private readonly KeyModelOptions _options;
    private readonly KeyNetwork _network;
    private readonly CorpusContexts? _corpus;
    private readonly KeyFeatures _features;
    private readonly int _lowest, _highest; // the keys of training and some around them; others are taken to be silent

    private KeyModel(KeyModelOptions options, FrameSet set)
    {
        _options = options;
        _corpus = options.KnowsCorpus ? new CorpusContexts(set.Train) : null;
        _features = NewFeatures();
        _network = new KeyNetwork(_features.Count, options, new RandomSource((ulong)options.Seed));
        UInt128 used = set.Train.SelectMany(piece => piece.Frames).Aggregate(UInt128.Zero, (all, frame) => all | frame);
        _lowest = Math.Max(0, (int)UInt128.TrailingZeroCount(used) - 2);
        _highest = Math.Min(FramePiece.Keys - 1, 127 - (int)UInt128.LeadingZeroCount(used) + 2);
    }

    /// <inheritdoc/>
    public string Name => $"{(_options.Joint ? "joint" : "independent")} keys seen from themselves{(_options.Remembers ? "" : ", without memory")}";

    /// <inheritdoc/>
    public long ParameterCount => _network.ParameterCount;

    /// <summary>Trains on a set's training split and keeps the weights that do best on its validation split.</summary>
    /// <param name="set">The set; its test split is not looked at.</param>
    /// <param name="options">By default those of <see cref="KeyModelOptions"/>.</param>
    /// <param name="progress">Told after each round: its number, from 1, and validation nats a frame.</param>
    public static KeyModel Train(FrameSet set, KeyModelOptions? options = null, Action<int, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= new KeyModelOptions();
        var model = new KeyModel(options, set);
        using var trainer = new Trainer(model, set);
        trainer.Run(progress);
        return model;
    }

    /// <inheritdoc/>
    public double NegativeLogLikelihood(FramePiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        const double Outside = 1e-6; // the chance of a key that is beyond all of training
        const int FramesAtOnce = 16;
        using var tape = new Tape(training: false);
        int keys = _highest - _lowest + 1;
        KeyFeatures features = NewFeatures();
        var input = new SparseRows();
        var description = new float[features.Count];
        var isEasy = new bool[FramesAtOnce * keys];
        double nats = 0, easyOffset = Math.Log(_options.EasyShare);
        features.BeginPiece(piece);
        for (int first = 1; first < piece.Frames.Length; first += FramesAtOnce)
        {
            int frames = Math.Min(FramesAtOnce, piece.Frames.Length - first), row = 0;
            input.Clear();
            for (int i = 0; i < frames; i++)
            {
                features.BeginFrame(first + i);
                for (int key = _lowest; key <= _highest; key++, row++)
                {
                    features.Fill(key, piece.Frames[first + i], description);
                    input.Add(description);
                    isEasy[row] = features.IsEasy(key);
                }
            }
            Span<float> logits = _network.Forward(tape, input).Data;
            row = 0;
            for (int i = 0; i < frames; i++)
            {
                for (int key = 0; key < FramePiece.Keys; key++)
                {
                    bool sounds = ((ulong)(piece.Frames[first + i] >> key) & 1) == 1;
                    if (key < _lowest || key > _highest)
                    {
                        nats -= Math.Log(sounds ? Outside : 1 - Outside);
                        continue;
                    }
                    double logit = logits[row] + (isEasy[row] ? easyOffset : 0);
                    nats += SoftPlus(sounds ? -logit : logit);
                    row++;
                }
            }
            tape.Reset();
        }
        return nats;
    }

    private KeyFeatures NewFeatures() => new(_options.Joint, _options.Remembers, _corpus);

    // ln(1 + e^x)
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private sealed class Trainer : IDisposable
    {
        private readonly KeyModel _model;
        private readonly FrameSet _set;
        private readonly Random _random;
        private readonly Adam _adam;
        private readonly WeightAverage _average;
        private readonly LearningRateSchedule _schedule;
        private readonly Tape _tape = new();
        private readonly SparseRows _input = new();
        private readonly float[] _description;
        private readonly float[] _targets;
        private readonly int _stepsPerRound;

        public Trainer(KeyModel model, FrameSet set)
        {
            (_model, _set, KeyModelOptions options) = (model, set, model._options);
            _random = new Random(options.Seed);
            _adam = new Adam(model._network.Parameters, new AdamOptions { LearningRate = options.LearningRate, WeightDecay = options.WeightDecay, DecoupledWeightDecay = true });
            _average = new WeightAverage(model._network.Parameters, 0.995f);
            _description = new float[model._features.Count];
            _targets = new float[options.BatchKeys];
            // About how many keys a frame gives; the schedule need not be exact.
            double keysPerFrame = EstimateKeysPerFrame();
            _stepsPerRound = Math.Max(1, (int)(Math.Min(options.FramesPerRound, set.Train.Sum(piece => piece.PredictedFrames)) * keysPerFrame / options.BatchKeys));
            int steps = _stepsPerRound * options.Rounds;
            _schedule = new CosineSchedule(options.LearningRate, steps, Math.Min(200, steps / 10), options.LearningRate / 100);
        }

        public void Run(Action<int, double>? progress)
        {
            var valid = new List<FramePiece>();
            foreach (FramePiece piece in _set.Valid)
            {
                if (valid.Sum(chosen => chosen.PredictedFrames) < _model._options.ValidationFrames) valid.Add(piece);
            }
            double best = double.PositiveInfinity;
            float[][] kept = [];
            var stretches = new Stretches(_set, _random);
            for (int round = 1; round <= _model._options.Rounds; round++)
            {
                for (int step = 0; step < _stepsPerRound; step++) Step(stretches);
                _average.Swap();
                double nats = FrameLikelihood.NatsPerFrame(_model, valid);
                if (nats < best) (best, kept) = (nats, [.. _model._network.Parameters.Select(parameter => parameter.Data.ToArray())]);
                _average.Swap();
                progress?.Invoke(round, nats);
            }
            foreach ((var parameter, float[] values) in _model._network.Parameters.Zip(kept)) values.CopyTo(parameter.Data);
        }

        public void Dispose() => _tape.Dispose();

        private void Step(Stretches stretches)
        {
            int keys = 0;
            _input.Clear();
            while (keys < _targets.Length)
            {
                UInt128 frame = stretches.Next(_model._features);
                for (int key = _model._lowest; key <= _model._highest && keys < _targets.Length; key++)
                {
                    bool sounds = ((ulong)(frame >> key) & 1) == 1;
                    if (!sounds && _model._features.IsEasy(key) && _random.NextDouble() >= _model._options.EasyShare) continue;
                    _model._features.Fill(key, frame, _description);
                    _input.Add(_description, _model._options.InputDropout, _random);
                    _targets[keys++] = sounds ? 1 : 0;
                }
            }
            var loss = _tape.BinaryCrossEntropy(_model._network.Forward(_tape, _input), _targets);
            _tape.Backward(loss.Tensor);
            Gradients.ClipByNorm(_model._network.Parameters, 1);
            _adam.LearningRate = _schedule.At(_adam.StepCount);
            _adam.Step();
            _tape.Reset();
            _average.Update();
        }

        private double EstimateKeysPerFrame()
        {
            var stretches = new Stretches(_set, new Random(0));
            double keys = 0;
            const int Frames = 500;
            for (int i = 0; i < Frames; i++)
            {
                UInt128 frame = stretches.Next(_model._features);
                for (int key = _model._lowest; key <= _model._highest; key++)
                {
                    keys += ((ulong)(frame >> key) & 1) == 1 || !_model._features.IsEasy(key) ? 1 : _model._options.EasyShare;
                }
            }
            return keys / Frames;
        }
    }

    /// <summary>Frames of training in an order of chance that jumps little: a frame every few of a piece, then another piece.</summary>
    private sealed class Stretches(FrameSet set, Random random)
    {
        private readonly Queue<int> _pieces = new();
        private FramePiece? _piece;
        private int _time;

        public UInt128 Next(KeyFeatures features)
        {
            _time += 1 + random.Next(2 * Stride);
            while (_piece is null || _time >= _piece.Frames.Length)
            {
                if (_pieces.Count == 0)
                {
                    int[] order = [.. Enumerable.Range(0, set.Train.Length)];
                    random.Shuffle(order);
                    foreach (int piece in order) _pieces.Enqueue(piece);
                }
                int self = _pieces.Dequeue();
                _piece = set.Train[self];
                _time = 1 + random.Next(2 * Stride);
                features.BeginPiece(_piece, self);
            }
            features.BeginFrame(_time);
            return _piece.Frames[_time];
        }

        // On average one frame in so many of a pass over the pieces: neighbours in a batch teach little.
        private const int Stride = 24;
    }
}
