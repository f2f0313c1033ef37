using System.CommandLine;
using System.Text.Json;
using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Benchmark;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Reports;
using Etude.Evaluation.Sets;
using Etude.Music.Representations;
using Etude.Recipes;
using Etude.Training;

namespace Etude.Cli;

/// <summary><c>etude evaluate</c>: a model or a folder of pieces against a reference folder; a recipe's floors; collapse.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var subject = new Argument<string?>("subject")
        {
            Description = "A run, a model folder, 'built-in', a folder of pieces, with --floors a recipe or a run, with --benchmark a recipe of recipes/benchmark.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var reference = new Argument<string?>("reference") { Description = "A folder of music to compare with.", Arity = ArgumentArity.ZeroOrOne };
        var pieces = new Option<int>("--pieces") { Description = "How many pieces to compose.", DefaultValueFactory = _ => 50 };
        var bars = new Option<int>("--length") { Description = "Their length in bars.", DefaultValueFactory = _ => 32 };
        var sampling = new SamplingArguments();
        var collapse = new Option<bool>("--collapse") { Description = "Count collapsed pieces, without and with the guard." };
        var primed = new Option<bool>("--primed") { Description = "Compare pieces of a run primed from training passages with pieces primed from held-out ones." };
        var restyle = new Option<bool>("--restyle") { Description = "Re-render held-out pieces of the folder in the style of the run's corpus and measure how far they move from one style to the other." };
        var floors = new Option<bool>("--floors") { Description = "Print what needs no learning: of tokens a lookup table, of rolls silence, each key's share and the step before." };
        var order = new Option<int>("--order") { Description = "With --floors: the table's longest context, in tokens.", DefaultValueFactory = _ => 8 };
        var epochs = new Option<bool>("--by-epoch") { Description = "Of a run: what the pieces of each kept epoch share with the training pieces, beside held-out human music." };
        var benchmark = new Option<string?>("--benchmark")
        {
            Description = $"A set of the polyphonic benchmark ({string.Join(", ", FrameSet.Names)}): train a recipe on it and measure it; with --floors, what needs no learning; 'table', the runs so far.",
        };
        var sets = new Option<string>("--sets") { Description = "The folder of the benchmark's JSON files.", DefaultValueFactory = _ => "../shared/data/polyphonic-benchmark" };
        var seeds = new Option<int[]>("--seeds") { Description = "With --benchmark: train once with each.", DefaultValueFactory = _ => [1, 2, 3], AllowMultipleArgumentsPerToken = true };
        var changes = new Option<string[]>("--change") { Description = "With --benchmark: a setting of the model other than the recipe's, such as dropout=0.3.", AllowMultipleArgumentsPerToken = true };
        var trial = new Option<bool>("--trial") { Description = "With --benchmark: measure on validation only and keep nothing, to choose settings by." };
        var runs = new Option<string>("--runs") { Description = "Where runs are kept.", DefaultValueFactory = _ => "runs" };
        var leaderboard = new Option<string?>("--leaderboard") { Description = "A folder of runs: measure every one on the reference folder and print a table (with --report, into that file)." };
        var report = new Option<string?>("--report") { Description = "Write an HTML report here." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("evaluate", """
            Measures a model or a folder of pieces.

            Examples:
              etude evaluate runs/v5 midi --pieces 50 --report report.html
              etude evaluate built-in --collapse --pieces 200 --length 16
              etude evaluate recipes/note-duration-v5.json midi --floors
              etude evaluate --benchmark jsb --floors
              etude evaluate recipes/benchmark/joint.json --benchmark jsb --seeds 1 2 3
              etude evaluate midi --leaderboard runs --train-list midi/train.txt --valid-list midi/valid.txt
            """) { subject, reference, pieces, bars, collapse, primed, restyle, floors, order, epochs, benchmark, sets, seeds, changes, trial, runs, leaderboard, report, json };
        sampling.AddTo(command);
        var corpusArguments = new CorpusArguments(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(benchmark) is { } setName)
            {
                if (setName == "table")
                {
                    BenchmarkEvaluation.Print(BenchmarkRun.ReadAll(parsed.GetValue(runs)!));
                    return Task.FromResult(0);
                }
                FrameSet set = FrameSet.Open(setName, parsed.GetValue(sets)!);
                if (parsed.GetValue(floors))
                {
                    BenchmarkEvaluation.PrintFloors(set, parsed.GetValue(json));
                    return Task.FromResult(0);
                }
                string file = parsed.GetValue(subject) ?? throw new ArgumentException("A recipe of recipes/benchmark is needed.");
                var recipe = BenchmarkRecipe.Load(file, setName, parsed.GetValue(changes));
                BenchmarkEvaluation.Run(set, recipe, parsed.GetValue(seeds)!, parsed.GetValue(trial), parsed.GetValue(runs)!, parsed.GetValue(json));
                return Task.FromResult(0);
            }
            if (parsed.GetValue(leaderboard) is { } boardRuns)
            {
                string music = parsed.GetValue(subject) ?? throw new ArgumentException("The folder of music that all runs are measured on is needed.");
                string page = LeaderboardEvaluation.Run(
                    boardRuns, CorpusReading.Prepare(music, corpusArguments.Over(new CorpusOptions(), parsed), cancellation),
                    sampling.ApplyTo(new ComposeOptions { Bars = parsed.GetValue(bars) }, parsed), parsed.GetValue(pieces), cancellation);
                if (parsed.GetValue(report) is { } file) AtomicFile.WriteText(file, page);
                else Console.Write(page);
                return Task.FromResult(0);
            }
            string what = parsed.GetValue(subject) ?? throw new ArgumentException("What to evaluate is needed: a run, a model folder, 'built-in' or a folder of pieces.");
            var options = sampling.ApplyTo(new ComposeOptions { Bars = parsed.GetValue(bars) }, parsed);
            if (parsed.GetValue(collapse))
            {
                Print(CollapseStudy.Of(Open(what), parsed.GetValue(pieces), options, null, cancellation), parsed.GetValue(json));
                return Task.FromResult(0);
            }
            string folder = parsed.GetValue(reference) ?? throw new ArgumentException("A folder of music to compare with is needed after the subject.");
            if (parsed.GetValue(primed))
            {
                Recipe trained = Recipe.Load(Path.Combine(what, "recipe.json"));
                Corpus corpus = CorpusReading.Prepare(folder, corpusArguments.Over(trained.ResolveCorpus(), parsed), cancellation);
                PrimedStudy study = PrimedStudy.Of(Open(what), corpus, parsed.GetValue(pieces), options, cancellation: cancellation);
                Print(new { study.Model, study.FromTraining, study.FromHeldOut }, parsed.GetValue(json));
                return Task.FromResult(0);
            }
            if (parsed.GetValue(restyle))
            {
                Print(Restyle(what, CorpusReading.Prepare(folder, corpusArguments.Over(new CorpusOptions(), parsed), cancellation), options, parsed.GetValue(pieces), cancellation), parsed.GetValue(json));
                return Task.FromResult(0);
            }
            if (parsed.GetValue(floors))
            {
                PrintFloors(what, folder, corpusArguments, parsed, cancellation);
                return Task.FromResult(0);
            }
            CorpusOptions corpusOptions = corpusArguments.Over(new CorpusOptions(), parsed);
            if (parsed.GetValue(epochs))
            {
                PrintByEpoch(what, CorpusReading.Prepare(folder, corpusArguments.Over(Recipe.Load(Path.Combine(what, "recipe.json")).ResolveCorpus(), parsed), cancellation), options, parsed.GetValue(pieces), cancellation);
                return Task.FromResult(0);
            }
            SetReport measured = Compare(what, CorpusReading.Prepare(folder, corpusOptions, cancellation), options, parsed.GetValue(pieces), cancellation);
            if (parsed.GetValue(report) is { } path) HtmlReport.Write(measured, path, what);
            if (parsed.GetValue(json)) Console.WriteLine(measured.ToJson());
            else Print(measured);
            return Task.FromResult(0);
        });
        return command;
    }

    // Its style is that of the pieces that the run learned from.
    private static StyleStudy Restyle(string run, Corpus own, ComposeOptions options, int pieces, CancellationToken cancellation)
    {
        Recipe recipe = Recipe.Load(Path.Combine(run, "recipe.json"));
        Corpus other = CorpusReading.Prepare(CorpusList.Read(run).Folder, recipe.ResolveCorpus(), cancellation);
        return StyleStudy.Of(
            Open(run), [.. own.In(Split.Validation).Take(pieces).Select(piece => piece.Score)],
            new PieceSet("own style", [.. own.In(Split.Training).Select(piece => piece.Score)]),
            new PieceSet("the model's style", [.. other.In(Split.Training).Select(piece => piece.Score)]), options, cancellation);
    }

    // Of a recipe the floors alone; of a run also what its best model reaches beside them.
    private static void PrintFloors(string what, string folder, CorpusArguments arguments, ParseResult parsed, CancellationToken cancellation)
    {
        bool isRun = Directory.Exists(what);
        Recipe recipe = Recipe.Load(isRun ? Path.Combine(what, "recipe.json") : what);
        Corpus corpus = CorpusReading.Prepare(folder, arguments.Over(recipe.ResolveCorpus(), parsed), cancellation);
        bool json = parsed.GetValue<bool>("--json");
        EpochResult? best = !isRun ? null : MetricsLog.Read(what).MinBy(epoch => epoch.Score)
            ?? throw new InvalidDataException($"{what} has not finished an epoch: go on with etude train --resume.");
        if (recipe.Representation is RollOptions)
        {
            RollFloor rolls = RollFloor.Of(recipe, corpus);
            Print(rolls, json);
            if (best is not null) Print(RollFigures(best), json);
            return;
        }
        LookupFloor floor = LookupFloor.Of(recipe, corpus, parsed.GetValue<int>("--order"));
        if (best is null)
        {
            Print(floor, json);
            return;
        }
        Print(
            new
            {
                floor.Tokens,
                TableTrainAccuracy = floor.TrainAccuracy,
                TableLeakingAccuracy = floor.LeakingAccuracy,
                TableHeldOutAccuracy = floor.HeldOutAccuracy,
                TableHeldOutNoteAccuracy = floor.HeldOutNoteAccuracy,
                TableHeldOutNats = floor.HeldOutNats,
                BestEpoch = best.Epoch,
                ModelTrainAccuracy = best.TrainAccuracy,
                ModelHeldOutAccuracy = best.ValidationAccuracy,
                ModelHeldOutNoteAccuracy = LookupFloor.NoteAccuracyOf((TokenModel)TrainedModel.Load(RunFolder.FindModel(what)), corpus),
                ModelHeldOutNats = best.ValidationLoss,
            }, json);
    }

    // How a model comes to remember: the same seeds at each kept epoch.
    private static void PrintByEpoch(string run, Corpus corpus, ComposeOptions options, int count, CancellationToken cancellation)
    {
        CorpusIndex index = CorpusIndex.Build(corpus.In(Split.Training).Select(piece => (piece.Name, piece.Score)));
        Print(SetOriginality.Of(new PieceSet("human, held out", [.. corpus.In(Split.Validation).Select(piece => piece.Score)]), index));
        foreach (string folder in Directory.EnumerateDirectories(Path.Combine(run, RunFolder.Models), "epoch-*").Order(StringComparer.Ordinal))
        {
            var composer = new Composer(TrainedModel.Load(folder));
            Print(SetOriginality.Of(Composed(Path.GetFileName(folder), composer, options, count, cancellation), index));
        }
    }

    private static PieceSet Composed(string name, Composer composer, ComposeOptions options, int count, CancellationToken cancellation) =>
        new(name, [.. Enumerable.Range(1, count).Select(seed => composer.Compose(options with { Seed = (ulong)seed }, null, cancellation).Score)]);

    private static object RollFigures(EpochResult best) => new
    {
        BestEpoch = best.Epoch,
        ModelTrainLoss = best.TrainLoss,
        ModelTrainAccuracy = best.TrainAccuracy,
        ModelHeldOutLoss = best.ValidationLoss,
        ModelHeldOutAccuracy = best.ValidationAccuracy,
        ModelFigures = best.Figures.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value:G5}")),
    };

    private static Composer Open(string what) => Composer.Load(what == "built-in" ? null : what);

    private static SetReport Compare(string what, Corpus corpus, ComposeOptions options, int count, CancellationToken cancellation)
    {
        bool isModel = what == "built-in" || File.Exists(Path.Combine(what, "model.safetensors")) || Directory.Exists(Path.Combine(what, RunFolder.Models));
        PieceSet human = new("human, held out", [.. corpus.In(Split.Validation).Select(piece => piece.Score)]);
        PieceSet reference = new("reference", [.. corpus.In(Split.Training).Select(piece => piece.Score)]);
        CorpusIndex index = CorpusIndex.Build(corpus.In(Split.Training).Select(piece => (piece.Name, piece.Score)));
        if (!isModel)
        {
            Corpus made = CorpusReading.Prepare(what, new CorpusOptions { Split = SplitOptions.Shares(1, 0), Duplicates = DuplicateHandling.Ignore, MinimumNotes = 1 }, cancellation);
            PieceSet set = new(what, [.. made.Pieces.Select(piece => piece.Score)]);
            return SetComparison.Compare(reference, [human, set]) with { Originality = [SetOriginality.Of(human, index), SetOriginality.Of(set, index)] };
        }
        TrainedModel model = TrainedModel.Load(what == "built-in" ? Composer.BuiltInModel : RunFolder.FindModel(what));
        PieceSet composed = Composed(model.Recipe.Name, new Composer(model), options, count, cancellation);
        return SetComparison.Compare(reference, [human, composed], new SetOptions { Bars = options.Bars }) with
        {
            Likelihoods = ScoreModels.Of(model) is { } foreseeing ? [Likelihood.Of(foreseeing, human.Pieces)] : [],
            Originality = [SetOriginality.Of(human.FirstBars(options.Bars), index), SetOriginality.Of(composed, index)],
            Forms = [SetForm.Of(human), SetForm.Of(composed, options.Bars)],
        };
    }

    private static void Print(SetReport report)
    {
        foreach (SetSummary set in report.Sets)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{set.Name,-32} {set.Pieces,5} pieces  distance {set.Distance.Estimate,6:F3} [{set.Distance.Low:F3}, {set.Distance.High:F3}]  overlapping area {set.OverlappingArea:F3}"));
        }
        foreach (Likelihood likelihood in report.Likelihoods)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{likelihood.Model}: {likelihood.BitsPerNote.Estimate:F3} bits a note [{likelihood.BitsPerNote.Low:F3}, {likelihood.BitsPerNote.High:F3}] on {likelihood.Pieces} held-out pieces"));
        }
        foreach (SetOriginality set in report.Originality) Print(set);
        foreach (SetForm form in report.Forms)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{form.Name}: of {form.Pieces} pieces {form.Collapsed} collapsed, {form.OfLength} of the length asked for, {form.EndOnTonic} end on their tonic chord, {form.InMeter} in whole bars"));
        }
    }

    private static void Print(SetOriginality set) => Console.WriteLine(FormattableString.Invariant(
        $"{set.Name}: longest run shared with the reference {set.MedianRun} / {set.NineInTenRun} / {set.LongestRun} notes (median, nine in ten, most), runs of 8 notes {set.RunShares[8].Estimate:P1}, of 10 {set.RunShares[10].Estimate:P2}, {set.Copies} of {set.Pieces} called copies"));

    private static void Print(object facts, bool asJson)
    {
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(facts, RecipeJson.Options));
        else Facts.Print(facts);
    }
}
