using System.CommandLine;
using System.Text.Json;
using Etude.Corpora;
using Etude.Recipes;

namespace Etude.Cli;

/// <summary><c>etude prepare</c>: what of a folder would be learned from, and why the rest would not.</summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "A folder of MIDI files; folders below it are read too." };
        var recipe = new Option<string?>("--recipe") { Description = "Choose and divide as this recipe does." };
        var all = new Option<bool>("--all") { Description = "List also the files that the split leaves out." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("prepare", """
            Reads a folder of MIDI files and says what is kept, what is dropped, and why.

            Example:
              etude prepare midi --select "BeethovenLv*" --meter 4/4 --split 10/3/3
            """) { folder, recipe, all, json };
        var corpusArguments = new CorpusArguments(command);
        command.SetAction((parsed, cancellation) =>
        {
            CorpusOptions options = parsed.GetValue(recipe) is { } path ? Recipe.Load(path).ResolveCorpus() : new CorpusOptions();
            Corpus corpus = CorpusReading.Prepare(parsed.GetValue(folder)!, corpusArguments.Over(options, parsed), cancellation);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { corpus.Report, corpus.Pieces, corpus.Dropped }, RecipeJson.Options));
                return Task.FromResult(0);
            }
            Console.WriteLine(corpus.Report);
            // Files that were never meant are many; they are counted above and listed on request.
            foreach (DroppedFile dropped in corpus.Dropped.Where(file => parsed.GetValue(all) || file.Reason != DropReason.NotInSplit))
            {
                Console.WriteLine($"dropped  {dropped}");
            }
            return Task.FromResult(0);
        });
        return command;
    }
}
