namespace Etude.Music.Analysis;

/// <summary>
/// How well a segment and its repetitions explain a piece (Müller, Jiang and Grosche 2013): the harmonic mean of how alike
/// the repetitions are and how much of the piece they cover, the segment itself left out of both.
/// </summary>
internal static class SegmentFitness
{
    /// <summary>The fitness of frames <paramref name="start"/> to start + length - 1.</summary>
    /// <param name="similarity">Of all frames with all, at most 1, and 1 on the diagonal; what is unlike is negative.</param>
    /// <param name="start">The segment's first frame.</param>
    /// <param name="length">Its frames.</param>
    public static double Of(double[,] similarity, int start, int length)
    {
        // The best family of paths that cross the segment from its first frame to its last, one after another through the
        // piece, in steps of (1,1), (2,1) and (1,2). A cell carries its score, how many cells its paths have, and how many
        // frames of the piece they cover. Column 0 is the time between paths.
        int frames = similarity.GetLength(0);
        var twoAgo = new Cell[length + 1];
        var before = new Cell[length + 1];
        var now = new Cell[length + 1];
        Array.Fill(twoAgo, Cell.Impossible);
        Array.Fill(before, Cell.Impossible);
        for (int n = 0; n < frames; n++)
        {
            now[0] = n == 0 ? default : Cell.Better(before[0], before[length]);
            now[1] = now[0].Begin(similarity[n, start], n);
            for (int m = 2; m <= length; m++)
            {
                Cell best = Cell.Better(before[m - 1], twoAgo[m - 1]);
                if (m > 2) best = Cell.Better(best, before[m - 2]);
                now[m] = best.Extend(similarity[n, start + m - 1], n);
            }
            (twoAgo, before, now) = (before, now, twoAgo);
        }
        Cell last = Cell.Better(before[0], before[length]);
        if (last.Cells == 0) return 0;
        double likeness = (last.Score - length) / last.Cells, coverage = (double)(last.Covered - length) / frames;
        return likeness <= 0 || coverage <= 0 ? 0 : 2 * likeness * coverage / (likeness + coverage);
    }

    private readonly record struct Cell(double Score, int Cells, int Covered, int LastFrame)
    {
        public static Cell Impossible { get; } = new(double.NegativeInfinity, 0, 0, 0);

        public static Cell Better(Cell a, Cell b) => a.Score >= b.Score ? a : b;

        public Cell Begin(double similarity, int frame) => new(Score + similarity, Cells + 1, Covered + 1, frame);

        // A step of two frames covers the frame between as well.
        public Cell Extend(double similarity, int frame) =>
            new(Score + similarity, Cells + 1, Covered + frame - LastFrame, frame);
    }
}
