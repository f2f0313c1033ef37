using Etude.Composing;
using Etude.Corpora;
using Etude.Corpora.Batches;
using Etude.Corpora.Preparing;
using Etude.Models;
using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>Learns to predict the next token.</summary>
internal sealed class TokenTask : TrainingTask
{
    private readonly Recipe _recipe;
    private readonly TokenData _data;
    private readonly TokenModel _model;
    private readonly TokenBatches _batches;
    private readonly NetworkMemory _memory;
    private readonly int[] _inputs, _targets;
    private TokenBatch? _batch; // while not all of its windows were learned from
    private int _window, _start; // their length, and where the next one begins

    public TokenTask(Recipe recipe, Corpus corpus, RandomSource random)
    {
        TrainingSettings training = recipe.Training;
        if (training.Windows.Any(length => length < 1 || training.Steps % length != 0) || (training.Windows.Count > 0 && !training.CarryState))
        {
            throw new ArgumentException(
                $"training.windows: {string.Join(", ", training.Windows)}. Give divisors of training.steps, which is {training.Steps}, and leave training.carryState true.");
        }
        _recipe = recipe;
        _data = new TokenData(recipe, corpus);
        _model = TokenModel.Create(recipe, _data.Representation, random);
        _batches = new TokenBatches(_data.Training, BatchesOf(training), _model.Network.Boundary);
        _memory = _model.Network.CreateMemory(training.Batch);
        _inputs = new int[training.Batch * training.Steps];
        _targets = new int[_inputs.Length];
    }

    public override TrainedModel Model => _model;

    public override long StepsPerEpoch => _data.TargetsPerEpoch;

    public override string Fingerprint => _data.Fingerprint;

    public override BatchPosition Position
    {
        get => _batches.Position;
        set => _batches.Position = value;
    }

    public override int BatchesInEpoch => _batches.BatchesInEpoch;

    public override IEnumerable<Tensor> Memory => _memory.Parts;

    public override (Tensor Loss, int Steps)? Forward(Tape tape, Tally tally)
    {
        if (IsBatchDone && !Draw()) return null;
        TokenBatch batch = _batch!;
        Span<int> inputs = _inputs.AsSpan(0, batch.Lanes * _window), targets = _targets.AsSpan(0, inputs.Length);
        batch.CopyTo(_start, inputs, targets);
        _start += _window;
        if (_start >= batch.Longest) _batch = null;
        LossValue loss = tape.CrossEntropy(_model.Network.Forward(tape, inputs, _memory), targets);
        tally.Add(loss.Value, loss.Correct, loss.Count);
        return (loss.Count == batch.TargetCount ? loss.Tensor : tape.Scale(loss.Tensor, (float)loss.Count / batch.TargetCount), loss.Count);
    }

    public override bool IsBatchDone => _batch is null;

    public override Tally MeasureHeldOut() => _recipe.Corpus.Split.Windows
        ? HeldOut.Measure(_model.Network, [.. _data.Training(0)], _recipe.Training, countsAt: WindowSplit.IsHeldOut)
        : HeldOut.Measure(_model.Network, _data.Validation, _recipe.Training, notes: _data.ValidationNotes);

    private bool Draw()
    {
        (_window, _start) = (WindowAt(_batches.Position), 0);
        _batch = _batches.Next();
        if (_batch is null) return false;
        for (int lane = 0; lane < _batch.Lanes; lane++)
        {
            if (_batch.Resets[lane]) _memory.Clear(lane);
        }
        if (_recipe.Corpus.Split.Windows) _batch.Ignore(WindowSplit.IsHeldOut);
        return true;
    }

    // It hangs on the seed and the place alone, so that it is found again after a break.
    private int WindowAt(BatchPosition position)
    {
        TrainingSettings training = _recipe.Training;
        if (training.Windows.Count == 0) return training.Steps;
        var random = new SeededRandom(training.Seed ^ StableHash.Mix(((ulong)position.Epoch << 32) + (ulong)position.Batch + 1));
        return training.Windows[random.Next(training.Windows.Count)];
    }

    private static BatchOptions BatchesOf(TrainingSettings settings) => new()
    {
        Batch = settings.Batch,
        Steps = settings.Steps,
        Order = settings.CarryState ? BatchOrder.Streams : BatchOrder.Windows,
        Seed = settings.Seed,
    };
}
