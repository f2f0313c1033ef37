using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Music.Scores;

namespace Etude.Evaluation;

/// <summary>
/// Whether a model's pieces differ when they are primed by passages that it was trained on and by passages that were held out,
/// and how much of what it was trained on it remembers.
/// </summary>
/// <param name="Model">The model's name.</param>
/// <param name="FromTraining">The pieces primed by training passages.</param>
/// <param name="FromHeldOut">The pieces primed by held-out passages.</param>
public sealed record PrimedStudy(string Model, PrimedStudy.Side FromTraining, PrimedStudy.Side FromHeldOut)
{
    /// <summary>One kind of primer. All measures are of the composed part alone, without the primer.</summary>
    /// <param name="Pieces">How many pieces.</param>
    /// <param name="Distance">From human training music, in its standard deviations (<see cref="SetSummary.Distance"/>).</param>
    /// <param name="OverlappingArea">With human training music (<see cref="SetSummary.OverlappingArea"/>).</param>
    /// <param name="Followed">The mean share of composed notes, onset and pitch, that stand just there in the piece that the primer was taken from; the interval draws pieces.</param>
    /// <param name="MedianRun">Of the longest runs of notes shared with any training piece, the median.</param>
    /// <param name="LongestRun">The longest of them.</param>
    /// <param name="Copies">How many pieces are called copies.</param>
    public sealed record Side(int Pieces, Interval Distance, double OverlappingArea, Interval Followed, int MedianRun, int LongestRun, int Copies);

    /// <summary>Composes the pieces and measures them.</summary>
    /// <param name="composer">The model.</param>
    /// <param name="corpus">What it was trained on, with its held-out pieces.</param>
    /// <param name="pieces">How many pieces of each kind, 2 or more.</param>
    /// <param name="options">Their length and the like; seed and primer are set here.</param>
    /// <param name="primerBars">The length of a primer. Default 4 bars.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">A split has no piece, or too few for a comparison.</exception>
    public static PrimedStudy Of(
        Composer composer, Corpus corpus, int pieces, ComposeOptions options, int primerBars = 4, CancellationToken cancellation = default)
    {
        PieceSet reference = new("reference", [.. corpus.In(Split.Training).Select(piece => piece.Score)]);
        CorpusIndex index = CorpusIndex.Build(corpus.In(Split.Training).Select(piece => (piece.Name, piece.Score)));
        var sides = new[] { Split.Training, Split.Validation }.Select(split => Compose(composer, corpus, split, pieces, options, primerBars, cancellation)).ToArray();
        SetReport report = SetComparison.Compare(reference, [.. sides.Select(side => side.Set)]);
        SetSummary[] summaries = [.. report.Sets.Where(set => set.Role == SetRole.Candidate)];
        return new PrimedStudy(composer.Model.Name, Measured(0), Measured(1));

        Side Measured(int side)
        {
            SetOriginality shared = SetOriginality.Of(sides[side].Set, index);
            return new Side(
                pieces, summaries[side].Distance, summaries[side].OverlappingArea, Bootstrap.Mean(sides[side].Followed),
                shared.MedianRun, shared.LongestRun, shared.Copies);
        }
    }

    private static (PieceSet Set, double[] Followed) Compose(
        Composer composer, Corpus corpus, Split split, int pieces, ComposeOptions options, int primerBars, CancellationToken cancellation)
    {
        CorpusPiece[] sources = [.. corpus.In(split)];
        if (sources.Length == 0) throw new ArgumentException($"The corpus has no {split} piece to take a primer from.", nameof(corpus));
        var random = new Random(1);
        var composed = new List<Score>();
        var followed = new List<double>();
        // A passage may be silent: then another one is taken.
        for (int tries = 0; composed.Count < pieces && tries < 10 * pieces; tries++)
        {
            Score source = sources[tries % sources.Length].Score;
            var bars = new BarMap(source);
            int first = random.Next(bars.FirstNumber, Math.Max(bars.FirstNumber, bars.At(source.End).Number - (2 * primerBars)) + 1);
            Tick from = bars[first].Onset, to = bars[first + primerBars - 1].End;
            Score primer = source.Slice(from, to);
            if (primer.NoteCount == 0) continue;
            Composition piece = composer.Compose(options with { Primer = primer, Seed = (ulong)composed.Count + 1 }, null, cancellation);
            Score made = piece.Score.Slice(piece.ComposedFrom, piece.Score.End + new Tick(1));
            composed.Add(made);
            followed.Add(ShareThere(made, source.Slice(to, source.End + new Tick(1))));
        }
        return (new PieceSet(split == Split.Training ? "primed from training" : "primed from held out", [.. composed]), [.. followed]);
    }

    // The share of notes whose onset, to a sixteenth, and pitch stand in the other score.
    internal static double ShareThere(Score made, Score truth)
    {
        HashSet<(int, byte)> there = [.. Places(truth)];
        (int, byte)[] here = [.. Places(made)];
        return here.Length == 0 ? 0 : (double)here.Count(there.Contains) / here.Length;

        static IEnumerable<(int, byte)> Places(Score score) => score.NotesInOrder()
            .Select(note => ((int)Math.Round(4.0 * note.Onset.Value / score.TicksPerQuarter), note.Pitch));
    }
}
