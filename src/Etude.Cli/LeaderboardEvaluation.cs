using System.Text.Json;
using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Leaderboard;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Training;

namespace Etude.Cli;

/// <summary><c>etude evaluate --leaderboard</c>: every run of a folder on one corpus and one split.</summary>
internal static class LeaderboardEvaluation
{
    private const int ReferencePieces = 400, HeldOutPieces = 40;

    // What was measured of a run stays in it, with what it was measured by: a long list of runs can be gone on with.
    private const string Folder = "leaderboard", EntryFile = "entry.json";

    /// <summary>Measures the runs that were not yet measured in this way, and returns the page.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="corpus">The corpus, divided.</param>
    /// <param name="options">What each composed piece is like.</param>
    /// <param name="pieces">How many pieces each model composes.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static string Run(string runs, Corpus corpus, ComposeOptions options, int pieces, CancellationToken cancellation)
    {
        CorpusPiece[] training = [.. corpus.In(Split.Training)], heldOut = [.. corpus.In(Split.Validation)];
        (string Name, Score Score)[] foreseen = [.. Some(heldOut, HeldOutPieces).Select(piece => (piece.Name, piece.Score))];
        var entries = new List<LeaderboardEntry>();
        var sets = new List<PieceSet> { new("human, held out", [.. heldOut.Select(piece => piece.Score)]) };
        foreach (string run in Directory.EnumerateDirectories(runs).Where(run => Directory.Exists(Path.Combine(run, RunFolder.Models))).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            TrainedModel model = TrainedModel.Load(RunFolder.FindModel(run));
            string folder = Path.Combine(run, Folder), name = Path.GetFileName(run);
            string how = $"{model.Hash}, {corpus.Report.Folder}, {foreseen.Length} pieces foreseen, {pieces} of {options.Bars} bars, temperature {options.Temperature}";
            Kept? kept = Read(folder);
            if (kept?.How != how)
            {
                Terminal.Error($"{name}: composing {pieces} pieces and foreseeing {foreseen.Length}");
                (LeaderboardEntry entry, Score[] composed) = LeaderboardEntry.Measure(
                    name, model, foreseen, CorpusList.Read(run).Training, options, pieces, cancellation);
                entry = entry with { TrainingMinutes = MetricsLog.Read(run).Sum(epoch => epoch.Seconds) / 60 };
                kept = new Kept(how, entry);
                Write(folder, kept, composed);
            }
            entries.Add(kept.Entry with { Run = name });
            sets.Add(new PieceSet(name, [.. Directory.GetFiles(folder, "*.mid").Order(StringComparer.Ordinal).Select(path => MidiFile.Read(path).Score)]));
        }
        if (entries.Count == 0) throw new ArgumentException($"{runs} holds no run with a model: etude train makes them.");
        var reference = new PieceSet("reference", [.. Some(training, ReferencePieces).Select(piece => piece.Score)]);
        CorpusIndex index = CorpusIndex.Build(training.Select(piece => (piece.Name, piece.Score)));
        SetReport report = SetComparison.Compare(reference, sets) with { Originality = [.. sets.Select(set => SetOriginality.Of(set, index))] };
        return FormattableString.Invariant($"""
            # Leaderboard

            Every model on one corpus and one split: {training.Length:N0} training pieces, {heldOut.Length:N0} held out. Bits a note: {foreseen.Length} held-out pieces,
            each from its beginning. Distance (of metrics, in the reference's standard deviations; docs/metrics.md), overlapping area and
            shared runs: {pieces} pieces of {options.Bars} bars a model, seeds 1 to {pieces}, temperature {options.Temperature:0.##}, beside {reference.Pieces.Length} training pieces; {report.SampleSize} pieces a draw.
            A model whose vocabulary holds less of a piece foresees less of it: bits a note compare models of one representation, and
            others only roughly. Speeds are of this machine: {Environment.ProcessorCount} processors.

            {LeaderboardTable.ToMarkdown(entries, report)}
            Made by `etude evaluate --leaderboard`.

            """);
    }

    private static IEnumerable<CorpusPiece> Some(CorpusPiece[] pieces, int count) =>
        Enumerable.Range(0, Math.Min(count, pieces.Length)).Select(i => pieces[(int)((long)i * pieces.Length / Math.Min(count, pieces.Length))]);

    private static Kept? Read(string folder)
    {
        string path = Path.Combine(folder, EntryFile);
        return File.Exists(path) ? JsonSerializer.Deserialize<Kept>(File.ReadAllText(path), Json) : null;
    }

    private static void Write(string folder, Kept kept, Score[] composed)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        for (int i = 0; i < composed.Length; i++) MidiFile.Write(composed[i], Path.Combine(folder, FormattableString.Invariant($"{i + 1:000}.mid")));
        AtomicFile.WriteText(Path.Combine(folder, EntryFile), JsonSerializer.Serialize(kept, Json));
    }

    private static readonly JsonSerializerOptions Json = new(RecipeJson.Options)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private sealed record Kept(string How, LeaderboardEntry Entry);
}
