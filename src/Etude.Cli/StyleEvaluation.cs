using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Sets;
using Etude.Recipes;

namespace Etude.Cli;

/// <summary><c>etude evaluate --restyle</c>: how far pieces given a run's style move towards what it learned from.</summary>
internal static class StyleEvaluation
{
    /// <summary>Measures held-out pieces of a folder before and after.</summary>
    /// <param name="run">The run; its style is that of the pieces it learned from.</param>
    /// <param name="read">Gives the folder's corpus, divided.</param>
    /// <param name="options">How the pieces are drawn.</param>
    /// <param name="pieces">How many.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static StyleStudy Of(string run, Func<Corpus> read, ComposeOptions options, int pieces, CancellationToken cancellation)
    {
        Recipe recipe = Recipe.Load(Path.Combine(run, "recipe.json"));
        Corpus own = read(), other = CorpusReading.Prepare(CorpusList.Read(run).Folder, recipe.ResolveCorpus(), cancellation);
        return StyleStudy.Of(
            Composer.Load(run), [.. own.In(Split.Validation).Take(pieces).Select(piece => piece.Score)],
            new PieceSet("own style", [.. own.In(Split.Training).Select(piece => piece.Score)]),
            new PieceSet("the model's style", [.. other.In(Split.Training).Select(piece => piece.Score)]), options, cancellation);
    }
}
