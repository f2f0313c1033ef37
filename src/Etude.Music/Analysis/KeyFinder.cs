using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// The key of a score by Krumhansl and Schmuckler's algorithm: of the 24 keys, that whose profile correlates best with
/// how long each pitch class sounds (Krumhansl 1990, chapter 4).
/// </summary>
public static class KeyFinder
{
    /// <summary>The key of a whole score; null where no note sounds or all twelve pitch classes sound alike.</summary>
    /// <param name="score">The score; drum parts are ignored.</param>
    /// <param name="profile">By default <see cref="KeyProfile.Temperley"/>.</param>
    public static KeyEstimate? Find(Score score, KeyProfile? profile = null) => Find(Chroma.Of(score), profile);

    /// <summary>The key of weighted pitch classes; null where they do not differ.</summary>
    /// <param name="pitchClasses">Twelve weights, C first, such as durations.</param>
    /// <param name="profile">By default <see cref="KeyProfile.Temperley"/>.</param>
    public static KeyEstimate? Find(ReadOnlySpan<double> pitchClasses, KeyProfile? profile = null)
    {
        if (pitchClasses.Length != 12) throw new ArgumentException("Twelve pitch classes are needed.", nameof(pitchClasses));
        profile ??= KeyProfile.Temperley;
        var best = new KeyEstimate(default, double.NegativeInfinity, 0);
        double second = double.NegativeInfinity;
        for (int key = 0; key < 24; key++)
        {
            var candidate = new Key(key % 12, key >= 12);
            double correlation = Correlation(pitchClasses, (candidate.IsMinor ? profile.Minor : profile.Major).AsSpan(), candidate.Tonic);
            if (correlation > best.Correlation)
            {
                second = best.Correlation;
                best = new KeyEstimate(candidate, correlation, 0);
            }
            else
            {
                second = Math.Max(second, correlation);
            }
        }
        return double.IsNegativeInfinity(best.Correlation) ? null : best with { Margin = best.Correlation - second };
    }

    private static double Correlation(ReadOnlySpan<double> weights, ReadOnlySpan<double> profile, int tonic)
    {
        double meanWeight = 0, meanProfile = 0;
        for (int i = 0; i < 12; i++)
        {
            meanWeight += weights[i] / 12;
            meanProfile += profile[i] / 12;
        }
        double product = 0, weightSquare = 0, profileSquare = 0;
        for (int i = 0; i < 12; i++)
        {
            double weight = weights[(i + tonic) % 12] - meanWeight, fit = profile[i] - meanProfile;
            product += weight * fit;
            weightSquare += weight * weight;
            profileSquare += fit * fit;
        }
        return product / Math.Sqrt(weightSquare * profileSquare);
    }
}
