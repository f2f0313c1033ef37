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
        _model.Save(Path.Combine(_folder, RunFolder.Models, RunFolder.Last), ModelCard.Write(_model, _corpus, _epochs));
        var file = new SafetensorsFile();
        file.Store(_model.Network);
        file.Store("optimizer", _optimizer);
        file.Store("random", _random);
        foreach (var (index, part) in _memory.Parts.Index()) file.Tensors.Add($"memory.{index}", SafetensorsTensor.From(part));
        var state = new State(_batches.Position, _lossSum, _correct, _targets, _epochs, _data.Fingerprint);
        file.Metadata[StateKey] = JsonSerializer.Serialize(state, StateJson);
        file.Write(Path.Combine(_folder, StateFile));
    }

    private void Restore(SafetensorsFile file)
    {
        State? state = file.Metadata.TryGetValue(StateKey, out string? json) ? JsonSerializer.Deserialize<State>(json, StateJson) : null;
        if (state is null) throw new FormatException($"{file.Path} is not the state of a run.");
        if (state.Data != _data.Fingerprint)
        {
            throw new FormatException(
                $"{file.Path} was saved while training on other music: the corpus or the recipe's representation has changed since. Start a new run.");
        }
        file.Restore(_model.Network);
        file.Restore("optimizer", _optimizer);
        file.Restore("random", _random);
        foreach (var (index, part) in _memory.Parts.Index()) file.Tensors[$"memory.{index}"].CopyTo(part.Data);
        _batches.Position = state.Position;
        (_lossSum, _correct, _targets) = (state.LossSum, state.Correct, state.Targets);
        _epochs.AddRange(state.Epochs);
    }

    private static readonly JsonSerializerOptions StateJson = new(RecipeJson.Options)
    {
        WriteIndented = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private sealed record State(
        BatchPosition Position, double LossSum, long Correct, long Targets, IReadOnlyList<EpochResult> Epochs, string Data);
}
