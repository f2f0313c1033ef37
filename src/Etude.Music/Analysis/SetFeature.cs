using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// One of the nine features by which Yang and Lerch compare sets of pieces (2018, "On the evaluation of generative models
/// in music", Neural Computing and Applications 32). Vectors and matrices are normalized to sum 1, so that length
/// does not matter; notes follow one another in the order of onset and pitch. NaN where there are too few notes.
/// </summary>
/// <param name="Name">The paper's name.</param>
/// <param name="Measure">The feature of a score: a number, a vector or a matrix in rows. Drum parts are ignored.</param>
public sealed record SetFeature(string Name, Func<Score, double[]> Measure)
{
    // Ninety-sixths of a whole note: whole, half, quarter, eighth, sixteenth; the dotted ones; triplets.
    private static readonly int[] Lengths = [96, 48, 24, 12, 6, 72, 36, 18, 9, 32, 16, 8];

    /// <summary>
    /// The nine. Choices the paper leaves open: pitch classes weigh durations; the inter-onset interval counts in quarter
    /// notes over all notes, so that those of a chord count 0; note lengths go to the nearest of twelve (whole to
    /// sixteenth, dotted half to dotted sixteenth, triplets of half, quarter and eighth) of a whole note and not of a bar.
    /// </summary>
    public static ImmutableArray<SetFeature> All { get; } =
    [
        new("pitch count", score => [PitchMetrics.PitchesUsed(score)]),
        new("pitch class histogram", score => Normalized(Chroma.Of(score))),
        new("pitch class transition matrix", score => Transitions(score, note => note.Pitch % 12)),
        new("pitch range", score => [PitchMetrics.Range(score)]),
        new("average pitch interval", score => [MeanStep(score, (a, b) => Math.Abs(a.Pitch - b.Pitch))]),
        new("note count", score => [Pitched(score).Length]),
        new("average inter-onset interval", score =>
            [MeanStep(score, (a, b) => (double)(b.Onset - a.Onset).Value / score.TicksPerQuarter)]),
        new("note length histogram", score =>
        {
            var histogram = new double[Lengths.Length];
            foreach (Note note in Pitched(score)) histogram[LengthClass(note, score.TicksPerQuarter)]++;
            return Normalized(histogram);
        }),
        new("note length transition matrix", score => Transitions(score, note => LengthClass(note, score.TicksPerQuarter))),
    ];

    private static ImmutableArray<Note> Pitched(Score score) => score.NotesInOrder(track => !track.IsDrums);

    private static double MeanStep(Score score, Func<Note, Note, double> step)
    {
        ImmutableArray<Note> notes = Pitched(score);
        double sum = 0;
        for (int i = 1; i < notes.Length; i++) sum += step(notes[i - 1], notes[i]);
        return notes.Length < 2 ? double.NaN : sum / (notes.Length - 1);
    }

    private static double[] Transitions(Score score, Func<Note, int> classOf)
    {
        ImmutableArray<Note> notes = Pitched(score);
        var matrix = new double[144];
        for (int i = 1; i < notes.Length; i++) matrix[classOf(notes[i - 1]) * 12 + classOf(notes[i])]++;
        return Normalized(matrix);
    }

    private static int LengthClass(Note note, int ticksPerQuarter)
    {
        double length = 24.0 * note.Duration.Value / ticksPerQuarter;
        int nearest = 0;
        for (int i = 1; i < Lengths.Length; i++)
        {
            if (Math.Abs(Lengths[i] - length) < Math.Abs(Lengths[nearest] - length)) nearest = i;
        }
        return nearest;
    }

    private static double[] Normalized(double[] values)
    {
        double sum = values.Sum();
        for (int i = 0; i < values.Length; i++) values[i] /= sum;
        return values;
    }
}
