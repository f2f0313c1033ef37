using Etude.Composing;
using Etude.Corpora;
using Etude.Corpora.Batches;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>Learns to predict cells of piano rolls, window by window; each window starts from nothing.</summary>
internal sealed class RollTask : TrainingTask
{
    private const int MostLatents = 4096; // windows that the principal components are found from

    private readonly Recipe _recipe;
    private readonly RollModel _model;
    private readonly RollData _data;
    private readonly RandomSource _random;
    private BatchPosition _position;
    private Roll[] _pieces = [];
    private SegmentPlan? _plan;
    private int _planned = -1;

    public RollTask(Recipe recipe, RollOptions options, Corpus corpus, RandomSource random)
    {
        (_recipe, _random) = (recipe, random);
        _model = RollModel.Create(recipe, options, random);
        _data = new RollData(recipe, corpus, _model.Representation);
        if (BatchesInEpoch == 0) throw new ArgumentException("No training piece has a step: there is nothing to learn.", nameof(corpus));
    }

    public override TrainedModel Model => _model;

    public override long StepsPerEpoch
    {
        get
        {
            SegmentPlan plan = Plan();
            long windows = 0;
            for (int batch = 0; batch < plan.Count; batch++) windows += Filled(plan[batch]);
            return windows * _model.Network.Targets;
        }
    }

    public override string Fingerprint => _data.Fingerprint;

    public override BatchPosition Position
    {
        get => _position;
        set => _position = value;
    }

    public override int BatchesInEpoch => Plan().Count;

    public override (Tensor Loss, int Steps)? Forward(Tape tape, Tally tally)
    {
        SegmentPlan plan = Plan();
        if (_position.Batch >= plan.Count)
        {
            _position = new BatchPosition(_position.Epoch + 1, 0);
            return null;
        }
        ObjectiveSettings objective = _recipe.Objective;
        float forcing = objective.ForcingAt(_position.Epoch, _recipe.Training.Epochs);
        var feeding = new Feeding(forcing, objective.FeedProbabilities ? null : objective.Threshold, _random);
        Tensor window = Windows(tape, plan[_position.Batch], _pieces);
        RollPass pass = _model.Network.Forward(tape, window, feeding);
        float alpha = objective.AlphaAt(_position.Epoch, _recipe.Training.Epochs);
        Tensor loss = RollObjective.Measure(tape, objective, alpha, pass.Logits, Targets(tape, window), tally);
        _position = _position with { Batch = _position.Batch + 1 };
        return (pass.Penalty is { } penalty ? Neural.Operations.Addition.Add(tape, loss, penalty) : loss, window.Shape[0] * _model.Network.Targets);
    }

    public override void Complete()
    {
        if (_model.Network is not LatentNetwork network) return;
        Roll[] pieces = _data.Training(0);
        SegmentPlan plan = PlanOf(pieces, 0, network.Steps);
        using var tape = new Tape(training: false);
        var latents = new List<(float[] Latent, float[] Window)>();
        int every = Math.Max(1, plan.Count * _recipe.Training.Batch / MostLatents);
        for (int batch = 0; batch < plan.Count; batch += every)
        {
            Tensor windows = Windows(tape, plan[batch], pieces);
            Tensor encoded = network.Encode(tape, windows);
            for (int row = 0; row < windows.Shape[0]; row++)
            {
                int size = network.Window * network.Width;
                latents.Add((encoded.Data.Slice(row * network.Latent, network.Latent).ToArray(), windows.Data.Slice(row * size, size).ToArray()));
            }
            tape.Reset();
        }
        _model.Latents = LatentSpace.Of(latents, network.Width);
    }

    public override Tally MeasureHeldOut() => Measure(_data.Validation);

    /// <summary>Measures the network on pieces, by the objective and the forcing of held-out pieces.</summary>
    public Tally Measure(Roll[] pieces)
    {
        var tally = new Tally();
        if (pieces.Length == 0) return tally;
        ObjectiveSettings objective = _recipe.Objective;
        var feeding = new Feeding(objective.HeldOutForcing, objective.FeedProbabilities ? null : objective.Threshold, new RandomSource(_recipe.Training.Seed));
        SegmentPlan plan = PlanOf(pieces, 0, Math.Max(_model.Network.Targets, _recipe.Training.Stride ?? _recipe.Training.Steps));
        using var tape = new Tape(training: false);
        for (int batch = 0; batch < plan.Count; batch++)
        {
            Tensor window = Windows(tape, plan[batch], pieces), targets = Targets(tape, window);
            Tensor logits = _model.Network.Forward(tape, window, feeding).Logits;
            RollObjective.Measure(tape, objective, objective.AlphaAt(_recipe.Training.Epochs, _recipe.Training.Epochs), logits, targets, tally);
            if (objective.Loss != ObjectiveKind.CrossEntropy) RollObjective.MeasureNats(logits, targets, tally);
            tape.Reset();
        }
        return tally;
    }

    private SegmentPlan Plan()
    {
        if (_plan is not null && _planned == _position.Epoch) return _plan;
        _pieces = _data.Training(_position.Epoch);
        _planned = _position.Epoch;
        return _plan = PlanOf(_pieces, _position.Epoch, _recipe.Training.Stride ?? _recipe.Training.Steps);
    }

    // Whole windows, at the same places in each epoch so that they lie on bars where the stride does; a piece shorter than a
    // window is one, silence after it.
    private SegmentPlan PlanOf(Roll[] pieces, int epoch, int stride) => SegmentPlan.For(
        [.. pieces.Select(piece => piece.Steps)],
        new BatchOptions
        {
            Batch = _recipe.Training.Batch,
            Steps = _model.Network.Window,
            Stride = stride,
            Order = BatchOrder.Windows,
            Seed = _recipe.Training.Seed,
            Include = window => window.Start == 0 || window.Length == _model.Network.Window,
        },
        epoch);

    private static int Filled(ReadOnlySpan<Segment> segments)
    {
        int filled = 0;
        foreach (Segment segment in segments) filled += segment.Length > 0 ? 1 : 0;
        return filled;
    }

    private Tensor Windows(Tape tape, ReadOnlySpan<Segment> segments, Roll[] pieces)
    {
        int steps = _model.Network.Window, width = _model.Network.Width;
        Tensor windows = tape.Allocate([Filled(segments), steps, width]);
        int row = 0;
        foreach (Segment segment in segments)
        {
            if (segment.Length > 0) pieces[segment.Piece].CopyTo(segment.Start, windows.Data.Slice(row++ * steps * width, steps * width));
        }
        return windows;
    }

    private Tensor Targets(Tape tape, Tensor window) =>
        Neural.Operations.Slicing.Slice(tape, window, 1, _model.Network.FirstTarget, _model.Network.Targets);
}
