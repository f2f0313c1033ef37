using Etude.Composing;
using Etude.Corpora;
using Etude.Corpora.Batches;
using Etude.Models;
using Etude.Neural.Autograd;
using Etude.Neural.Losses;
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

    public TokenTask(Recipe recipe, Corpus corpus, RandomSource random)
    {
        _recipe = recipe;
        _data = new TokenData(recipe, corpus);
        _model = TokenModel.Create(recipe, _data.Representation, random);
        _batches = new TokenBatches(_data.Training, BatchesOf(recipe.Training), _model.Network.Boundary);
        _memory = _model.Network.CreateMemory(recipe.Training.Batch);
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
        if (_batches.Next() is not { } batch) return null;
        for (int lane = 0; lane < batch.Lanes; lane++)
        {
            if (batch.Resets[lane]) _memory.Clear(lane);
        }
        if (_recipe.Corpus.Split.Windows) batch.Ignore(WindowSplit.IsHeldOut);
        LossValue loss = tape.CrossEntropy(_model.Network.Forward(tape, batch.Inputs, _memory), batch.Targets);
        tally.Add(loss.Value, loss.Correct, loss.Count);
        return (loss.Tensor, batch.TargetCount);
    }

    public override Tally MeasureHeldOut() => _recipe.Corpus.Split.Windows
        ? HeldOut.Measure(_model.Network, [.. _data.Training(0)], _recipe.Training, countsAt: WindowSplit.IsHeldOut)
        : HeldOut.Measure(_model.Network, _data.Validation, _recipe.Training, notes: _data.ValidationNotes);

    private static BatchOptions BatchesOf(TrainingSettings settings) => new()
    {
        Batch = settings.Batch,
        Steps = settings.Steps,
        Order = settings.CarryState ? BatchOrder.Streams : BatchOrder.Windows,
        Seed = settings.Seed,
    };
}
