using System.CommandLine;
using System.Globalization;
using System.Text;
using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Originality;
using Etude.Music.Analysis;
using Etude.Music.Midi;
using Etude.Music.Notation;
using Etude.Music.Scores;
using Etude.Recipes;

namespace Etude.Cli;

/// <summary><c>etude gallery</c>: pieces of a model as anybody can make them again, with pictures and figures, and nothing chosen by ear.</summary>
internal static class GalleryCommand
{
    private const int Bars = 32, Excerpt = 24, GapFirst = 9, GapLast = 16, Examples = 3;

    public static Command Create()
    {
        var corpus = new Argument<string>("corpus") { Description = "The folder of music that the model learned from: what is shared with it is counted." };
        var examples = new Option<string?>("--examples") { Description = "A folder of music of which some pieces are continued and filled. Default: none." };
        var model = new Option<string?>("--model") { Description = "A run or a model folder. Default: the built-in model." };
        var pieces = new Option<int>("--pieces") { Description = "How many pieces, of the seeds 1 and up.", DefaultValueFactory = _ => 12 };
        var output = new Option<string>("--output", "-o") { Description = "The folder to fill.", DefaultValueFactory = _ => "gallery" };
        var command = new Command("gallery", """
            Composes the pieces of the first seeds and writes them with pictures and a report.

            Example:
              etude gallery free-piano --examples assets/starter -o docs/gallery
            """) { corpus, model, pieces, examples, output };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = parsed.GetValue(output)!;
            Directory.CreateDirectory(folder);
            string? named = parsed.GetValue(model);
            Composer composer = Composer.Load(named);
            Recipe recipe = Recipe.Load(Path.Combine(named is null ? Composer.BuiltInModel : RunFolder.FindModel(named), "config.json"));
            Corpus music = CorpusReading.Prepare(parsed.GetValue(corpus)!, recipe.ResolveCorpus(), cancellation);
            var index = CorpusIndex.Build(music.In(Split.Training).Select(piece => (piece.Name, piece.Score)));
            var page = new Page(folder, index, composer.Model);
            page.Begin(parsed.GetValue(pieces));
            for (int seed = 1; seed <= parsed.GetValue(pieces); seed++)
            {
                page.Add($"seed-{seed:00}", composer.Compose(new ComposeOptions { Seed = (ulong)seed, Bars = Bars }, null, cancellation));
            }
            if (parsed.GetValue(examples) is { } originals)
            {
                page.AddExamples(composer, CorpusReading.Prepare(originals, new CorpusOptions(), cancellation).Pieces, cancellation);
            }
            page.Write();
            Console.WriteLine(Path.Combine(folder, "README.md"));
            return Task.FromResult(0);
        });
        return command;
    }

    private sealed class Page(string folder, CorpusIndex index, ModelInfo model)
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _pictures = new();

        public void Begin(int pieces)
        {
            Line($"# Gallery");
            Line($"");
            Line($"{pieces} pieces of {Bars} bars by `{model.Name}` (weights {model.Hash[..12]}), of the seeds 1 to {pieces}: chosen by number and not by ear. Each is made again by");
            Line($"`etude generate --seed N --bars {Bars}` with the same model on the same kind of processor. Loudness, small timing and pedal are");
            Line($"played by rule, notes are the model's. *Longest run*: the most notes in a row that some training piece has too, in whatever key.");
            Line($"");
            Line($"| piece | notes | bars | meter | key | ends on its tonic chord | nats a token | loops steered | copies refused | longest run |");
            Line($"|---|---|---|---|---|---|---|---|---|---|");
        }

        public void Add(string name, Composition piece)
        {
            Score score = piece.Score;
            Write(name, score);
            var map = new BarMap(score);
            Key? key = KeyFinder.Find(score)?.Key;
            int bars = map.LastNumber - map.FirstNumber + 1;
            int run = OriginalityReport.Of(score, index).LongestRun?.SharedNotes ?? 0;
            Line($"| [{name}]({name}.mid) | {score.NoteCount} | {bars} | {string.Join(", ", score.Meters.Select(meter => meter.ToString()).Distinct())} | {key?.ToString() ?? "–"} | {(Ending.IsOnTonic(score, key) ? "yes" : "no")} | {piece.NatsPerToken:F2} | {piece.GuardInterventions} | {piece.CopiesRefused} | {run} |");
            _pictures.AppendLine(CultureInfo.InvariantCulture, $"### {name}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"![{name}]({name}.svg)").AppendLine();
        }

        /// <summary>Pieces that are long enough, evenly chosen: gone on with, filled, and given another left hand.</summary>
        public void AddExamples(Composer composer, IEnumerable<CorpusPiece> pieces, CancellationToken cancellation)
        {
            CorpusPiece[] fit = [.. pieces.Where(piece => new BarMap(piece.Score).LastNumber >= Excerpt)];
            for (int i = 0; i < Math.Min(Examples, fit.Length); i++)
            {
                CorpusPiece piece = fit[i * fit.Length / Examples];
                int first = new BarMap(piece.Score).FirstNumber;
                Score original = piece.Score.SliceBars(first, Excerpt);
                string name = FormattableString.Invariant($"example-{i + 1}");
                _pictures.AppendLine(CultureInfo.InvariantCulture, $"## From {piece.Name}").AppendLine();
                Show($"{name}-original", "its first 24 bars", original);
                Show($"{name}-continued", "its first 8 bars, and 16 composed", composer.Compose(
                    new ComposeOptions { Seed = 1, Primer = original.SliceBars(first, 8), Bars = Excerpt - 8 }, null, cancellation).Score);
                Show($"{name}-filled", "bars 9 to 16 composed, all others kept", Fill(null));
                Show($"{name}-left-hand", "the left hand of bars 9 to 16 composed, all else kept", Fill(Hand.Left));

                Score Fill(Hand? hand) => composer.Compose(
                    new ComposeOptions { Seed = 1, Gap = new Gap(original, GapFirst, GapLast) { Hand = hand } }, null, cancellation).Score;
            }
        }

        public void Write() => AtomicFile.WriteText(Path.Combine(folder, "README.md"), _text.AppendLine().Append(_pictures).ToString());

        private void Show(string name, string what, Score score)
        {
            Write(name, score);
            _pictures.AppendLine(CultureInfo.InvariantCulture, $"[{name}]({name}.mid): {what}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"![{name}]({name}.svg)").AppendLine();
        }

        private void Write(string name, Score score)
        {
            MidiFile.Write(score, Path.Combine(folder, name + ".mid"));
            AtomicFile.WriteText(Path.Combine(folder, name + ".svg"), PianoRollSvg.Draw(score, new PianoRollSvgOptions { Title = name, Width = 1000, RowHeight = 4 }));
        }

        private void Line(FormattableString line) => _text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
