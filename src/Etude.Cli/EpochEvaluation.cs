using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;

namespace Etude.Cli;

/// <summary><c>etude evaluate --by-epoch</c>: how a model comes to remember.</summary>
internal static class EpochEvaluation
{
    /// <summary>Prints what pieces of the same seeds share with the training pieces at each kept epoch, beside held-out human music.</summary>
    public static void Run(string run, Corpus corpus, ComposeOptions options, int count, CancellationToken cancellation)
    {
        string models = Path.Combine(run, RunFolder.Models);
        string[] epochs = Directory.Exists(models) ? [.. Directory.GetDirectories(models, "epoch-*").Order(StringComparer.Ordinal)] : [];
        if (epochs.Length == 0) throw new DirectoryNotFoundException($"{run} has kept no epochs: let its recipe say training.keepEvery.");
        CorpusIndex index = CorpusIndex.Build(corpus.In(Split.Training).Select(piece => (piece.Name, piece.Score)));
        SetEvaluation.Print(SetOriginality.Of(new PieceSet("human, held out", [.. corpus.In(Split.Validation).Select(piece => piece.Score)]), index));
        foreach (string folder in epochs)
        {
            var composer = new Composer(TrainedModel.Load(folder));
            SetEvaluation.Print(SetOriginality.Of(SetEvaluation.Composed(Path.GetFileName(folder), composer, options, count, cancellation), index));
        }
    }
}
