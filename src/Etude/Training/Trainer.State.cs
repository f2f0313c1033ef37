using System.Text.Json;
using Etude.Composing;
using Etude.Corpora.Batches;
using Etude.Neural.Checkpoints;
using Etude.Recipes;

namespace Etude.Training;

// What going on exactly needs, in one file, so that it is whole or not there.
public sealed partial class Trainer
{
    private const string StateKey = "etude.state";

    private void SaveState()
    {
        _average?.Swap();
        Model.Save(Path.Combine(_folder, RunFolder.Models, RunFolder.Last), ModelCard.Write(Model, _corpus, _epochs));
        _average?.Swap();
        var file = new SafetensorsFile();
        file.Store(Model.Network);
        file.Store("optimizer", _optimizer);
        if (_average is not null) file.Store("average", _average.State);
        file.Store("random", _random);
        foreach (var (index, part) in _task.Memory.Index()) file.Tensors.Add($"memory.{index}", SafetensorsTensor.From(part));
        var sums = _tally.Sums;
        var state = new State(_task.Position, sums.LossSum, sums.Correct, sums.Targets, _epochs, _task.Fingerprint, sums.Cells);
        file.Metadata[StateKey] = JsonSerializer.Serialize(state, StateJson);
        file.Write(Path.Combine(_folder, StateFile));
    }

    private void Restore(SafetensorsFile file)
    {
        State? state = file.Metadata.TryGetValue(StateKey, out string? json) ? JsonSerializer.Deserialize<State>(json, StateJson) : null;
        if (state is null) throw new FormatException($"{file.Path} is not the state of a run.");
        if (state.Data != _task.Fingerprint)
        {
            throw new FormatException(
                $"{file.Path} was saved while training on other music: the corpus or the recipe's representation has changed since. Start a new run.");
        }
        file.Restore(Model.Network);
        file.Restore("optimizer", _optimizer);
        if (_average is not null) file.Restore("average", _average.State);
        file.Restore("random", _random);
        foreach (var (index, part) in _task.Memory.Index()) file.Tensors[$"memory.{index}"].CopyTo(part.Data);
        _task.Position = state.Position;
        _tally.Sums = (state.LossSum, state.Correct, state.Targets, state.Cells ?? []);
        _epochs.AddRange(state.Epochs);
    }

    private static readonly JsonSerializerOptions StateJson = new(RecipeJson.Options)
    {
        WriteIndented = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private sealed record State(
        BatchPosition Position, double LossSum, long Correct, long Targets, IReadOnlyList<EpochResult> Epochs, string Data, long[]? Cells = null);
}
