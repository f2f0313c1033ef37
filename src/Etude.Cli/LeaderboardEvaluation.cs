using System.Text.Json;
using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Benchmark;
using Etude.Evaluation.Leaderboard;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Music.Analysis;
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
    /// <param name="runs">The folder of runs; one that has kept no model yet is left out.</param>
    /// <param name="read">Gives the corpus, divided; asked once it is sure that there are runs.</param>
    /// <param name="options">What each composed piece is like.</param>
    /// <param name="pieces">How many pieces each model composes.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static string Run(string runs, Func<Corpus> read, ComposeOptions options, int pieces, CancellationToken cancellation)
    {
        (string Name, string Run, TrainedModel Model)[] models = [.. ModelsOf(runs)];
        if (models.Length == 0) throw new DirectoryNotFoundException($"{runs} holds no run with a model: etude train makes them.");
        Corpus corpus = read();
        CorpusPiece[] training = [.. corpus.In(Split.Training)], heldOut = [.. corpus.In(Split.Validation)];
        (string Name, Score Score)[] foreseen = [.. Some(heldOut, HeldOutPieces).Select(piece => (piece.Name, piece.Score))];
        var entries = new List<LeaderboardEntry>();
        var sets = new List<PieceSet> { new PieceSet("human, held out", [.. heldOut.Select(piece => piece.Score)]).FirstBars(options.Bars) };
        foreach ((string name, string run, TrainedModel model) in models)
        {
            cancellation.ThrowIfCancellationRequested();
            string folder = Path.Combine(run, Folder);
            string how = $"{model.Hash}, {typeof(Composer).Module.ModuleVersionId}, {corpus.Report.Folder}, {foreseen.Length} pieces foreseen, {pieces} of {options.Bars} bars, {options}";
            Kept? kept = Read(folder);
            if (kept?.How != how)
            {
                Terminal.Error($"{name}: composing {pieces} pieces and foreseeing {foreseen.Length}");
                (LeaderboardEntry entry, Score[] composed) = LeaderboardEntry.Measure(
                    name, model, foreseen, CorpusList.Read(run).Training, options, pieces, cancellation);
                IReadOnlyList<EpochResult> log = MetricsLog.Read(run);
                if (log.Count > 0) entry = entry with { TrainingMinutes = log.Sum(epoch => epoch.Seconds) / 60, Epochs = log.Count };
                kept = new Kept(how, entry);
                Write(folder, kept, composed);
            }
            entries.Add(kept.Entry with { Run = name });
            sets.Add(new PieceSet(name, [.. Directory.GetFiles(folder, "*.mid").Order(StringComparer.Ordinal).Select(path => MidiFile.Read(path).Score)]));
        }
        var reference = new PieceSet("reference", [.. Some(training, ReferencePieces).Select(piece => piece.Score)]).FirstBars(options.Bars);
        CorpusIndex index = CorpusIndex.Build(training.Select(piece => (piece.Name, piece.Score)));
        SetReport report = SetComparison.Compare(reference, sets, new SetOptions { Notes = int.MaxValue }) with
        {
            Originality = [.. sets.Select(set => SetOriginality.Of(set, index))],
        };
        return FormattableString.Invariant($"""
            # Leaderboard

            Every model on one corpus and one split: {training.Length:N0} training pieces, {heldOut.Length:N0} held out. Lower is better in bits a
            note and in distance.

            {LeaderboardTable.ToMarkdown(entries, report)}
            What they are, by their recipes:

            {LeaderboardTable.Descriptions(entries)}
            **How it was measured.** Bits a note, with the range that holds 95 of 100 repetitions: {foreseen.Length} held-out pieces, each whole; the cost of all that
            a model says of a piece, divided by its notes. A model whose vocabulary holds less of a piece (loudness, hands, bar lines)
            foresees less of it, so that these compare models of one form, and others only roughly.
            All else: {pieces} pieces of {options.Bars} bars a model, seeds 1 to {pieces}, temperature {options.Temperature:0.##}, beside human pieces cut to the
            same {options.Bars} bars ({reference.Pieces.Length} training pieces as the reference). Distance: of {ScoreMetric.All.Length} metrics' distributions (docs/metrics.md), the
            mean, in the reference's standard deviations, {report.SampleSize} pieces a draw; what human music has stands in the lower rows, and what
            its notes have in any order. Overlapping area: of Yang and Lerch's features, 1 for the same.
            Shared runs: notes in a row that also stand in the training pieces, in any key. Copies: pieces with a passage of {OriginalityOptions.Default.CopiedNotes} notes or
            more, or of {OriginalityOptions.Default.CopiedShare:P0} of them, that a training piece has too, small changes aside.
            Training: minutes on the clock, with whatever else the machine did. Notes a second: one piece at a time, on {Processor.Description}.

            Made by `etude evaluate {Path.GetFileName(corpus.Report.Folder)} --leaderboard {Path.GetFileName(Path.GetFullPath(runs))} --pieces {pieces} --length {options.Bars}`.

            """);
    }

    private static IEnumerable<(string Name, string Run, TrainedModel Model)> ModelsOf(string runs)
    {
        if (!Directory.Exists(runs)) throw new DirectoryNotFoundException($"{runs} is not there: name a folder of runs; etude train makes them.");
        foreach (string run in Directory.EnumerateDirectories(runs).Where(run => Directory.Exists(Path.Combine(run, RunFolder.Models))).Order(StringComparer.Ordinal))
        {
            TrainedModel? model = null;
            try
            {
                model = TrainedModel.Load(RunFolder.FindModel(run));
            }
            catch (DirectoryNotFoundException fault)
            {
                Terminal.Error($"Left out: {fault.Message}");
            }
            if (model is not null) yield return (Path.GetFileName(run), run, model);
        }
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
