using Etude.Composing;
using Etude.Music.Analysis;

namespace Etude.Evaluation;

/// <summary>How many of a model's pieces collapse (<see cref="Collapse"/>), without and with the guard, from the same seeds.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Pieces">How many pieces each time.</param>
/// <param name="Bars">Their length.</param>
/// <param name="CollapsedWithout">How many collapsed without the guard.</param>
/// <param name="CollapsedWith">How many collapsed with it.</param>
/// <param name="SteeredPieces">In how many the guard had to steer.</param>
public sealed record CollapseStudy(string Model, int Pieces, int Bars, int CollapsedWithout, int CollapsedWith, int SteeredPieces)
{
    /// <summary>Composes the pieces and counts.</summary>
    /// <param name="composer">The model.</param>
    /// <param name="pieces">How many, by seeds 1, 2, 3 ...</param>
    /// <param name="options">What each piece is like; its seed and guard are set here.</param>
    /// <param name="progress">Told of the share done.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static CollapseStudy Of(
        Composer composer, int pieces, ComposeOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        int without = 0, with = 0, steered = 0;
        for (int piece = 0; piece < pieces; piece++)
        {
            ComposeOptions seeded = options with { Seed = (ulong)piece + 1 };
            if (Collapse.Of(composer.Compose(seeded with { Guard = false }, null, cancellation).Score).Exceeds()) without++;
            Composition guarded = composer.Compose(seeded with { Guard = true }, null, cancellation);
            if (Collapse.Of(guarded.Score).Exceeds()) with++;
            if (guarded.GuardInterventions > 0) steered++;
            progress?.Report((piece + 1.0) / pieces);
        }
        return new CollapseStudy(composer.Model.Name, pieces, options.Bars, without, with, steered);
    }
}
