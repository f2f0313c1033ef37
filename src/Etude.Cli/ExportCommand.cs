using System.CommandLine;
using Etude.Composing;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Neural.Checkpoints;

namespace Etude.Cli;

/// <summary><c>etude export</c>: a model for others, in half the room.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A run or a model folder." };
        var folder = new Argument<string>("folder") { Description = "Where to write the model folder." };
        var full = new Option<bool>("--full") { Description = "Keep the weights as float32 instead of bfloat16." };
        var small = new Option<bool>("--int8") { Description = "Keep matrices as 8-bit integers with a scale for each row: a quarter of the room, and quicker to compose with." };
        var command = new Command("export", """
            Writes a model folder to give away; weights are rounded to bfloat16, which halves it.

            Example:
              etude export runs/v5 my-model
            """) { model, folder, full, small };
        command.SetAction(parsed =>
        {
            string from = RunFolder.FindModel(parsed.GetValue(model)!), to = parsed.GetValue(folder)!;
            TrainedModel.Load(from).Save(to, File.ReadAllText(Path.Combine(from, "card.md")), Precision(parsed.GetValue(full), parsed.GetValue(small)));
            // What a copy guard and --candidates read is kept with a run.
            foreach (string beside in (string[])[CorpusRuns.FileName, UsualMetrics.FileName])
            {
                if (RunFolder.FindBeside(from, beside) is { } found) File.Copy(found, Path.Combine(to, beside), overwrite: true);
            }
            Console.WriteLine(FormattableString.Invariant(
                $"{to}: {new DirectoryInfo(to).EnumerateFiles().Sum(file => file.Length):N0} bytes"));
            return 0;
        });
        return command;
    }

    private static WeightPrecision Precision(bool full, bool small) => (full, small) switch
    {
        (true, true) => throw new ArgumentException("--full and --int8 are two ways to keep weights: choose one."),
        (true, false) => WeightPrecision.Float32,
        (false, true) => WeightPrecision.Int8,
        _ => WeightPrecision.BFloat16,
    };
}
