using System.CommandLine;
using Etude.Composing;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Training;

namespace Etude.Cli;

/// <summary><c>etude inspect</c>: what a MIDI file, a model or a run is.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A MIDI file, a run folder or a model folder." };
        var strict = new Option<bool>("--strict") { Description = "Refuse a MIDI file that has a fault, naming the byte." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("inspect", """
            Shows what a MIDI file holds and what was mended in it, or how a run or a model was made.

            Examples:
              etude inspect some.mid
              etude inspect runs/v5
            """) { path, strict, json };
        command.SetAction(parsed =>
        {
            string inspected = parsed.GetValue(path)!;
            object facts = !Directory.Exists(inspected) ? OfMidi(inspected, parsed.GetValue(strict))
                : File.Exists(Path.Combine(inspected, "recipe.json")) ? OfRun(inspected)
                : OfModel(inspected);
            Facts.Print(facts, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static object OfMidi(string path, bool strict)
    {
        MidiReading reading = MidiFile.Read(path, new MidiReadOptions { Strict = strict });
        Score score = reading.Score;
        return new
        {
            File = path,
            Notes = score.NoteCount,
            Bars = score.NoteCount == 0 ? 0 : new BarMap(score).Until(score.End).Count(),
            Seconds = Math.Round(new TempoMap(score).ToSeconds(score.End).Value, 2),
            score.TicksPerQuarter,
            Meters = score.Meters.Select(meter => FormattableString.Invariant($"{meter} at {meter.Onset.Value}")),
            Tempos = score.Tempos.Select(tempo => FormattableString.Invariant($"{tempo.QuartersPerMinute:F1} at {tempo.Onset.Value}")),
            Keys = score.KeySignatures.Select(key => FormattableString.Invariant($"{key.Sharps} sharps {(key.IsMinor ? "minor" : "major")} at {key.Onset.Value}")),
            Tracks = score.Tracks.Select(track => FormattableString.Invariant(
                $"{(track.Name.Length > 0 ? track.Name : "(no name)")}: {(track.IsDrums ? "drums" : $"program {track.Program}")}, {track.Notes.Length} notes{Range(track)}, {track.Pedals.Length} pedals")),
            score.Texts,
            Repairs = reading.Repairs.Select(repair => repair.ToString()),
        };
    }

    private static string Range(Track track) => track.Notes.IsEmpty
        ? ""
        : FormattableString.Invariant($", pitches {track.Notes.Min(note => note.Pitch)} to {track.Notes.Max(note => note.Pitch)}");

    private static object OfRun(string folder)
    {
        Recipe recipe = Recipe.Load(Path.Combine(folder, "recipe.json"));
        IReadOnlyList<EpochResult> epochs = MetricsLog.Read(folder);
        CorpusList corpus = CorpusList.Read(folder);
        return new
        {
            Run = folder,
            Recipe = recipe.Name,
            recipe.Description,
            Corpus = corpus.Folder,
            Training = FormattableString.Invariant($"{corpus.Training.Count} pieces"),
            HeldOut = FormattableString.Invariant($"{corpus.Validation.Count} pieces"),
            Epochs = FormattableString.Invariant($"{epochs.Count} of {recipe.Training.Epochs}"),
            Last = epochs.Count == 0 ? "" : epochs[^1].ToString(),
            Best = epochs.Count == 0 ? "" : epochs.MinBy(epoch => epoch.Score)!.ToString(),
            Models = Directory.Exists(Path.Combine(folder, RunFolder.Models))
                ? Directory.GetDirectories(Path.Combine(folder, RunFolder.Models)).Select(kept => Path.GetFileName(kept)!).Order(StringComparer.Ordinal).ToArray()
                : [],
        };
    }

    private static object OfModel(string folder)
    {
        ModelInfo model = Composer.Load(folder).Model;
        return new { Model = folder, model.Name, model.Description, model.Representation, model.Parameters, model.Hash };
    }
}
