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
    private const string ReconstructionFile = "reconstruction.svg";
    private const int MostLatents = 4096; // windows that the principal components are found from

    private readonly Recipe _recipe;
    private readonly RollModel _model;
    private readonly RollData _data;
    private readonly RandomSource _random;
    private readonly Tensor _threshold; // the model's: saved with the state of a run
    private BatchPosition _position;
    private Roll[] _pieces = [];
    private SegmentPlan? _plan;
    private int _planned = -1;

    public RollTask(Recipe recipe, RollOptions options, Corpus corpus, RandomSource random)
    {
        (_recipe, _random) = (recipe, random);
        _model = RollModel.Create(recipe, options, random);
        _data = new RollData(recipe, corpus, _model.Representation);
        _threshold = new Tensor([1], [_model.Threshold]);
        if (recipe.Objective.Loss != ObjectiveKind.CrossEntropy) _model.Network.BeginAt(_data.Shares());
        if (BatchesInEpoch == 0) throw new ArgumentException("No training piece has a step: there is nothing to learn.", nameof(corpus));
    }

    public override TrainedModel Model => _model;

    public override long StepsPerEpoch
    {
        get
        {
            SegmentPlan plan = Plan();
            long windows = 0;
            for (int batch = 0; batch < plan.Count; batch++) windows += RollWindows.Filled(plan[batch]);
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
        _model.Threshold = _threshold.Data[0];
        float forcing = objective.ForcingAt(_position.Epoch, _recipe.Training.Epochs);
        var feeding = new Feeding(forcing, objective.FeedProbabilities ? null : _model.Threshold, _random);
        Tensor window = RollWindows.Read(tape, _model.Network, plan[_position.Batch], _pieces);
        RollPass pass = _model.Network.Forward(tape, window, feeding);
        float alpha = objective.AlphaAt(_position.Epoch, _recipe.Training.Epochs);
        Tensor loss = RollObjective.Measure(tape, objective, _model.Threshold, alpha, pass.Logits, RollWindows.Targets(tape, _model.Network, window), tally);
        _position = _position with { Batch = _position.Batch + 1 };
        if (pass.Penalty is { } penalty) loss = Neural.Operations.Addition.Add(tape, loss, penalty);
        return (loss, window.Shape[0] * _model.Network.Targets);
    }

    public override void Complete(string folder)
    {
        if (_model.Network is not LatentNetwork network) return;
        Roll[] pieces = _data.Training(0);
        SegmentPlan plan = RollWindows.Plan(_model, pieces, 0, network.Steps);
        using var tape = new Tape(training: false);
        var latents = new List<(float[] Latent, float[] Window)>();
        int every = Math.Max(1, plan.Count * _recipe.Training.Batch / MostLatents);
        for (int batch = 0; batch < plan.Count; batch += every)
        {
            Tensor windows = RollWindows.Read(tape, _model.Network, plan[batch], pieces);
            Tensor encoded = network.Encode(tape, windows);
            for (int row = 0; row < windows.Shape[0]; row++)
            {
                int size = network.Window * network.Width;
                latents.Add((encoded.Data.Slice(row * network.Latent, network.Latent).ToArray(), windows.Data.Slice(row * size, size).ToArray()));
            }
            tape.Reset();
        }
        _model.Latents = LatentSpace.Of(latents, network.Width);
        DrawReconstructions(network, folder);
    }

    // A window amid the held-out music and one amid the training music.
    private void DrawReconstructions(LatentNetwork network, string folder)
    {
        using var tape = new Tape(training: false);
        var windows = new List<(string, float[], float[])>();
        foreach (var (caption, pieces) in new[] { ("held out", _data.Validation), ("learned from", _data.Training(0)) })
        {
            SegmentPlan plan = RollWindows.Plan(_model, pieces, 0, network.Steps);
            if (plan.Count == 0) continue;
            Tensor window = RollWindows.Read(tape, network, plan[0][..1], pieces);
            Tensor made = Neural.Operations.Activation.Sigmoid(tape, network.Decode(tape, network.Encode(tape, window)));
            windows.Add((caption, window.Data.ToArray(), made.Data.ToArray()));
            tape.Reset();
        }
        AtomicFile.WriteText(Path.Combine(folder, ReconstructionFile), ReconstructionPicture.Draw(_recipe.Name, windows, network.Width));
    }

    public override IEnumerable<Tensor> Memory => _recipe.Objective.MatchDensity ? [_threshold] : [];

    public override void EndEpoch()
    {
        if (!_recipe.Objective.MatchDensity) return;
        _threshold.Data[0] = RollHeldOut.MatchingThreshold(_model, _data.Training(0));
        _model.Threshold = _threshold.Data[0];
    }

    public override Tally MeasureHeldOut() => _recipe.Corpus.Split.Windows
        ? RollHeldOut.Measure(_model, _data.Training(0), window => WindowSplit.IsHeldOut(window.Piece, window.Start))
        : RollHeldOut.Measure(_model, _data.Validation);

    private SegmentPlan Plan()
    {
        if (_plan is not null && _planned == _position.Epoch) return _plan;
        _pieces = _data.Training(_position.Epoch);
        _planned = _position.Epoch;
        Func<Segment, bool>? include = _recipe.Corpus.Split.Windows ? window => !WindowSplit.IsHeldOut(window.Piece, window.Start) : null;
        return _plan = RollWindows.Plan(_model, _pieces, _position.Epoch, _recipe.Training.Stride ?? _recipe.Training.Steps, include);
    }
}
