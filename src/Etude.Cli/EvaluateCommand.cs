using System.CommandLine;
using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Benchmark;
using Etude.Evaluation.Reports;
using Etude.Evaluation.Sets;
using Etude.Recipes;

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
        var steered = new Option<bool>("--steered") { Description = "Compose pieces in keys and densities asked for and compare them with what came." };
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
            """) { subject, reference, pieces, bars, collapse, steered, primed, restyle, floors, order, epochs, benchmark, sets, seeds, changes, trial, runs, leaderboard, report, json };
        sampling.AddTo(command);
        var corpusArguments = new CorpusArguments(command);
        command.SetAction((parsed, cancellation) =>
        {
            string? named = parsed.GetValue(subject);
            int count = parsed.GetValue(pieces);
            if (count < 1) throw new ArgumentException($"--pieces {count}: compose one or more.");
            bool asJson = parsed.GetValue(json);
            var options = sampling.ApplyTo(new ComposeOptions { Bars = parsed.GetValue(bars) }, parsed);
            if (parsed.GetValue(benchmark) is { } set) Benchmark(set);
            else if (parsed.GetValue(leaderboard) is { } folder) Leaderboard(folder);
            else Subject(named ?? throw new ArgumentException("What to evaluate is needed: a run, a model folder, 'built-in' or a folder of pieces."));
            return Task.FromResult(0);

            void Benchmark(string name)
            {
                if (name == "table") BenchmarkEvaluation.PrintTable(parsed.GetValue(runs)!);
                else if (parsed.GetValue(floors)) BenchmarkEvaluation.PrintFloors(FrameSet.Open(name, parsed.GetValue(sets)!), asJson);
                else
                {
                    var recipe = BenchmarkRecipe.Load(named ?? throw new ArgumentException("A recipe of recipes/benchmark is needed."), name, parsed.GetValue(changes));
                    BenchmarkEvaluation.Run(FrameSet.Open(name, parsed.GetValue(sets)!), recipe, parsed.GetValue(seeds)!, parsed.GetValue(trial), parsed.GetValue(runs)!, asJson);
                }
            }

            void Leaderboard(string folder)
            {
                string music = named ?? throw new ArgumentException("The folder of music that all runs are measured on is needed.");
                string page = LeaderboardEvaluation.Run(folder, () => Prepare(music, new CorpusOptions()), options, count, cancellation);
                if (parsed.GetValue(report) is { } file) AtomicFile.WriteText(file, page);
                else Console.Write(page);
            }

            void Subject(string what)
            {
                if (parsed.GetValue(collapse))
                {
                    Facts.Print(CollapseStudy.Of(SetEvaluation.Open(what), count, options, null, cancellation), asJson);
                    return;
                }
                if (parsed.GetValue(steered))
                {
                    Facts.Print(SteeringStudy.Of(SetEvaluation.Open(what), count, options, cancellation), asJson);
                    return;
                }
                string music = parsed.GetValue(reference) ?? throw new ArgumentException("A folder of music to compare with is needed after the subject.");
                if (parsed.GetValue(primed))
                {
                    PrimedStudy study = PrimedStudy.Of(SetEvaluation.Open(what), Prepare(music, WantedBy(what)), count, options, cancellation: cancellation);
                    Facts.Print(new { study.Model, study.FromTraining, study.FromHeldOut }, asJson);
                }
                else if (parsed.GetValue(restyle)) Facts.Print(StyleEvaluation.Of(what, () => Prepare(music, new CorpusOptions()), options, count, cancellation), asJson);
                else if (parsed.GetValue(floors)) FloorEvaluation.Run(what, wanted => Prepare(music, wanted), parsed.GetValue(order), asJson);
                else if (parsed.GetValue(epochs)) EpochEvaluation.Run(what, Prepare(music, WantedBy(what)), options, count, cancellation);
                else
                {
                    SetReport measured = SetEvaluation.Compare(what, () => Prepare(music, new CorpusOptions()), options, count, cancellation);
                    if (parsed.GetValue(report) is { } path) HtmlReport.Write(measured, path, what);
                    if (asJson) Console.WriteLine(measured.ToJson());
                    else SetEvaluation.Print(measured);
                }
            }

            Corpus Prepare(string music, CorpusOptions wanted) => CorpusReading.Prepare(music, corpusArguments.Over(wanted, parsed), cancellation);
        });
        return command;
    }

    // What a run's recipe wants of a corpus.
    private static CorpusOptions WantedBy(string run) => Recipe.Load(Path.Combine(run, "recipe.json")).ResolveCorpus();
}
