using System.CommandLine;
using System.Text.Json;
using Etude.Composing;
using Etude.Corpora;
using Etude.Recipes;
using Etude.Training.Results;

namespace Etude.Cli;

/// <summary><c>etude tabulate</c>: what runs came to, beside what needs no learning.</summary>
internal static class TabulateCommand
{
    // Above so many notes a table of contexts up to eight tokens no longer fits the memory of a small machine.
    private const long NotesOfLongContexts = 400_000;

    public static Command Create()
    {
        var runs = new Argument<string[]>("runs") { Description = "Run folders; those of one recipe are seeds of one row.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string?>("--folder") { Description = "Where the music lies now. Default: where it lay when the run was trained." };
        var noFloors = new Option<bool>("--no-floors") { Description = "Leave out what needs no learning." };
        var collapse = new Option<int>("--collapse") { Description = "Compose so many pieces without and with the guard and give the share that collapses. Default: 0, none.", DefaultValueFactory = _ => 0 };
        var bars = new Option<int>("--length") { Description = "The length of those pieces in bars.", DefaultValueFactory = _ => 16 };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("tabulate", """
            Prints a table, in Markdown, of finished runs: training and held-out figures (mean and deviation over seeds),
            the floors that need no learning, the skill against them (1 - error / floor), and the share of collapsed pieces.

            Example:
              etude train recipes/lstm1.json midi --seeds 3
              etude tabulate runs/lstm1-seed-* --collapse 20
            """) { runs, folder, noFloors, collapse, bars, json };
        command.SetAction((parsed, cancellation) =>
        {
            var results = new List<RecipeResult>();
            foreach (var recipe in parsed.GetValue(runs)!.GroupBy(run => RecipeResult.RecipeOf(run).Name))
            {
                string[] seeds = [.. recipe];
                RecipeResult result = RecipeResult.OfRuns(seeds);
                if (!parsed.GetValue(noFloors))
                {
                    Corpus corpus = CorpusReading.Prepare(
                        parsed.GetValue(folder) ?? CorpusList.Read(seeds[0]).Folder, RecipeResult.RecipeOf(seeds[0]).ResolveCorpus(), cancellation);
                    result = result.WithFloors(seeds, corpus, corpus.In(Split.Training).Sum(piece => (long)piece.NoteCount) > NotesOfLongContexts ? 3 : 8);
                }
                if (parsed.GetValue(collapse) is > 0 and int pieces)
                {
                    result = result.WithCollapse(seeds, pieces, new ComposeOptions { Bars = parsed.GetValue(bars) }, cancellation);
                }
                results.Add(result);
            }
            Console.Write(parsed.GetValue(json) ? Json(results) + "\n" : ResultTable.Markdown(results));
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>Results as JSON; a figure that is no number is null.</summary>
    public static string Json(IEnumerable<RecipeResult> results) => JsonSerializer.Serialize(
        results.Select(result => new
        {
            result.Recipe,
            Figures = result.Figures.ToDictionary(figure => figure.Key, figure => double.IsNaN(figure.Value.Mean) ? null : figure.Value),
        }), RecipeJson.Options);
}
