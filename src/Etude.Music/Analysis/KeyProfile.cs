using System.Collections.Immutable;

namespace Etude.Music.Analysis;

/// <summary>How well each pitch class fits a key, counted in semitones above the tonic.</summary>
/// <param name="Name">Who measured it.</param>
/// <param name="Major">Twelve weights for major keys.</param>
/// <param name="Minor">Twelve weights for minor keys.</param>
public sealed record KeyProfile(string Name, ImmutableArray<double> Major, ImmutableArray<double> Minor)
{
    /// <summary>
    /// Listeners' ratings of probe tones: Krumhansl and Kessler 1982, "Tracing the dynamic changes in perceived tonal
    /// organization", Psychological Review 89, as tabled in Krumhansl 1990, "Cognitive foundations of musical pitch", p. 30.
    /// </summary>
    public static KeyProfile KrumhanslKessler { get; } = new(
        "Krumhansl-Kessler",
        [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
        [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]);

    /// <summary>
    /// Shares of segments that hold each class in the Kostka-Payne corpus: Temperley 2007, "Music and probability",
    /// table 6.1.
    /// </summary>
    public static KeyProfile Temperley { get; } = new(
        "Temperley",
        [0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400],
        [0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330]);
}
