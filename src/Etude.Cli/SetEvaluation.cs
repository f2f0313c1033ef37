using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;

namespace Etude.Cli;

/// <summary><c>etude evaluate</c>: the pieces of a model, or of a folder, beside human ones.</summary>
internal static class SetEvaluation
{
    /// <summary>What the model that comes with the program is called on the command line.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>Compares with a corpus: its training pieces are the reference, its held-out ones the human set.</summary>
    /// <param name="what">A run, a model folder, <see cref="BuiltIn"/> or a folder of pieces.</param>
    /// <param name="read">Gives the corpus, divided; asked once it is sure that there is something to compare.</param>
    /// <param name="options">What a model's pieces are like.</param>
    /// <param name="count">How many pieces a model composes.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SetReport Compare(string what, Func<Corpus> read, ComposeOptions options, int count, CancellationToken cancellation)
    {
        bool isModel = what == BuiltIn || File.Exists(Path.Combine(what, "model.safetensors")) || Directory.Exists(Path.Combine(what, RunFolder.Models));
        if (!isModel)
        {
            Corpus made = CorpusReading.Prepare(what, new CorpusOptions { Split = SplitOptions.Shares(1, 0), Duplicates = DuplicateHandling.Ignore, MinimumNotes = 1 }, cancellation);
            return Compare(read(), new PieceSet(what, [.. made.Pieces.Select(piece => piece.Score)]), null);
        }
        TrainedModel model = TrainedModel.Load(what == BuiltIn ? Composer.BuiltInModel : RunFolder.FindModel(what));
        Corpus corpus = read();
        PieceSet composed = Composed(model.Recipe.Name, new Composer(model), options, count, cancellation);
        return Compare(corpus, composed, options.Bars) with
        {
            Likelihoods = ScoreModels.Of(model) is { } foreseeing ? [Likelihood.Of(foreseeing, corpus.In(Split.Validation).Select(piece => piece.Score))] : [],
        };
    }

    // Pieces of a known length stand beside human ones cut to it.
    private static SetReport Compare(Corpus corpus, PieceSet set, int? bars)
    {
        PieceSet human = new("human, held out", [.. corpus.In(Split.Validation).Select(piece => piece.Score)]);
        PieceSet reference = new("reference", [.. corpus.In(Split.Training).Select(piece => piece.Score)]);
        CorpusIndex index = CorpusIndex.Build(corpus.In(Split.Training).Select(piece => (piece.Name, piece.Score)));
        return SetComparison.Compare(reference, [human, set], new SetOptions { Bars = bars }) with
        {
            Originality = [SetOriginality.Of(bars is { } length ? human.FirstBars(length) : human, index), SetOriginality.Of(set, index)],
            Forms = [SetForm.Of(human), SetForm.Of(set, bars)],
        };
    }

    /// <summary>A model, by the name it has on the command line.</summary>
    public static Composer Open(string what) => Composer.Load(what == BuiltIn ? null : what);

    /// <summary>Pieces of seeds 1, 2, 3 and so on.</summary>
    public static PieceSet Composed(string name, Composer composer, ComposeOptions options, int count, CancellationToken cancellation) =>
        new(name, [.. Enumerable.Range(1, count).Select(seed => composer.Compose(options with { Seed = (ulong)seed }, null, cancellation).Score)]);

    public static void Print(SetReport report)
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

    public static void Print(SetOriginality set) => Console.WriteLine(FormattableString.Invariant(
        $"{set.Name}: longest run shared with the reference {set.MedianRun} / {set.NineInTenRun} / {set.LongestRun} notes (median, nine in ten, most), runs of 8 notes {set.RunShares[8].Estimate:P1}, of 10 {set.RunShares[10].Estimate:P2}, {set.Copies} of {set.Pieces} called copies"));
}
