using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// MusDr's structureness indicators (Wu and Yang 2020): how well the best segment of a given length, with its repetitions,
/// explains the piece.
/// </summary>
/// <remarks>
/// A chroma vector every half second, from the notes and not from sound as in the paper (so values do not compare with
/// those of recordings), is averaged over 2.1 seconds and normalized; similarity is the cosine, the best over twelve
/// transpositions, averaged along diagonals of 16 frames forwards or backwards, whichever is more; the highest quarter
/// of cells is scaled to 0 to 1, the others cost -2. Fitness is that of Müller, Jiang and Grosche 2013, "A robust fitness
/// measure for capturing repetitions in music recordings". Relative tempi other than 1, which the paper tries too, are left
/// out: a score does not drift. Long segments are tried at every second, third ... place only, as neighbours differ little.
/// </remarks>
public static class StructureIndicator
{
    private const double FramesPerSecond = 2;
    private const int SmoothedFrames = 4, DiagonalFrames = 16, CoarserEvery = 16;
    private const double KeptShare = 0.25, Penalty = -2;

    /// <summary>
    /// The largest fitness of any segment of <paramref name="shortest"/> to <paramref name="longest"/>, 0 to 1; 0 where the
    /// piece is no longer than that. The paper takes 3 to 8, 8 to 15, and 15 seconds or more.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="shortest">The shortest segment.</param>
    /// <param name="longest">The longest; null for any.</param>
    /// <param name="most">How much of the piece's beginning is looked at. Default 100 seconds.</param>
    public static double Of(Score score, Second shortest, Second? longest = null, Second? most = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shortest.Value);
        double[][] chroma = Frames(score, most ?? new Second(100));
        int frames = chroma.Length;
        int first = Math.Max(1, (int)(shortest.Value * FramesPerSecond));
        int last = longest is { } bound ? Math.Min(frames, (int)(bound.Value * FramesPerSecond)) : frames;
        if (first > frames) return 0;
        double[,] similarity = Enhanced(chroma);
        double best = 0;
        int step;
        for (int length = first; length <= last; length += step)
        {
            step = 1 + length / CoarserEvery;
            for (int start = 0; start + length <= frames; start += step) best = Math.Max(best, SegmentFitness.Of(similarity, start, length));
        }
        return best;
    }

    private static double[][] Frames(Score score, Second most)
    {
        var tempo = new TempoMap(score);
        double seconds = Math.Min(most.Value, tempo.ToSeconds(new Tick(Sounding.EndTick(score))).Value);
        int count = (int)(seconds * FramesPerSecond);
        int[] boundaries = [.. Enumerable.Range(0, count + 1).Select(i => tempo.ToTick(new Second(i / FramesPerSecond)).Value)];
        double[][] raw = Chroma.Of(score, boundaries);
        var frames = new double[count][];
        for (int i = 0; i < count; i++)
        {
            frames[i] = new double[12];
            for (int j = Math.Max(0, i - SmoothedFrames / 2); j <= Math.Min(count - 1, i + SmoothedFrames / 2); j++)
            {
                for (int c = 0; c < 12; c++) frames[i][c] += raw[j][c];
            }
            double norm = Math.Sqrt(frames[i].Sum(value => value * value));
            // Silence is like everything a little, as the even chroma is.
            for (int c = 0; c < 12; c++) frames[i][c] = norm > 0 ? frames[i][c] / norm : 1 / Math.Sqrt(12);
        }
        return frames;
    }

    private static double[,] Enhanced(double[][] chroma)
    {
        int count = chroma.Length;
        var enhanced = new double[count, count];
        var cosine = new double[count, count];
        for (int transposition = 0; transposition < 12; transposition++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    double sum = 0;
                    for (int c = 0; c < 12; c++) sum += chroma[i][(c + transposition) % 12] * chroma[j][c];
                    cosine[i, j] = sum;
                }
            }
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    double forwards = 0, backwards = 0;
                    for (int k = 0; k < DiagonalFrames; k++)
                    {
                        if (Math.Max(i, j) + k < count) forwards += cosine[i + k, j + k];
                        if (Math.Min(i, j) - k >= 0) backwards += cosine[i - k, j - k];
                    }
                    enhanced[i, j] = Math.Max(enhanced[i, j], Math.Max(forwards, backwards) / DiagonalFrames);
                }
            }
        }

        double[] sorted = [.. enhanced.Cast<double>().Order()];
        double least = sorted[Math.Min(sorted.Length - 1, (int)Math.Round(sorted.Length * (1 - KeptShare)))], most = sorted[^1];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                enhanced[i, j] = i == j ? 1
                    : enhanced[i, j] < least || enhanced[i, j] <= 0 ? Penalty
                    : most > least ? (enhanced[i, j] - least) / (most - least) : 1;
            }
        }
        return enhanced;
    }
}
