using System.Collections.Immutable;
using Etude.Composing;
using Etude.Music.Analysis;

namespace Etude.Evaluation;

/// <summary>What a model's pieces have of what was asked for: a key, and a density.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Pieces">How many pieces for the keys, and again for the densities.</param>
/// <param name="Bars">Their length.</param>
/// <param name="InKey">How many are heard in the key asked for (<see cref="KeyFinder"/>).</param>
/// <param name="InRelativeKey">How many more in the key of the same signature.</param>
/// <param name="EndInKey">How many end on the tonic chord of the key asked for.</param>
/// <param name="Densities">What was asked for and what came, in notes a quarter.</param>
public sealed record SteeringStudy(
    string Model, int Pieces, int Bars, int InKey, int InRelativeKey, int EndInKey, ImmutableArray<SteeringStudy.Density> Densities)
{
    private static readonly double[] Asked = [1, 2, 4, 7];

    /// <summary>A density asked for: the mean of what came, and the least and the most.</summary>
    public sealed record Density(double Asked, double Mean, double Least, double Most);

    /// <summary>Composes the pieces and measures them: keys go round the twelve tonics by fifths, major and minor in turn.</summary>
    /// <param name="composer">The model.</param>
    /// <param name="pieces">How many, by seeds 1, 2, 3 ...; 4 or more.</param>
    /// <param name="options">What each piece is like; its seed and steering are set here.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SteeringStudy Of(Composer composer, int pieces, ComposeOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(composer);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, Asked.Length);
        int inKey = 0, relative = 0, ends = 0;
        var came = Asked.ToDictionary(asked => asked, _ => new List<double>());
        for (int piece = 0; piece < pieces; piece++)
        {
            ComposeOptions seeded = options with { Seed = (ulong)piece + 1 };
            var key = new Key(piece * 7 % 12, piece % 2 == 1);
            var inThatKey = composer.Compose(seeded with { Steering = new Steering { Key = key } }, null, cancellation).Score;
            Key? heard = KeyFinder.Find(inThatKey)?.Key;
            if (heard == key) inKey++;
            else if (heard?.RelativeMajorTonic == key.RelativeMajorTonic) relative++;
            if (Ending.IsOnTonic(inThatKey, key)) ends++;
            double asked = Asked[piece % Asked.Length];
            came[asked].Add(TextureMetrics.NotesPerQuarter(
                composer.Compose(seeded with { Steering = new Steering { NotesPerQuarter = asked } }, null, cancellation).Score));
        }
        return new SteeringStudy(
            composer.Model.Name, pieces, options.Bars, inKey, relative, ends,
            [.. came.OrderBy(density => density.Key).Select(density => new Density(density.Key, density.Value.Average(), density.Value.Min(), density.Value.Max()))]);
    }
}
