using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>How much of a piece stands in a corpus.</summary>
/// <param name="Notes">The piece's notes, unisons merged.</param>
/// <param name="LongestRun">The longest run of notes with the same intervals and rhythm; null where not even two notes are shared.</param>
/// <param name="Resemblance">
/// The passage that shares most notes with one passage of the corpus when single notes may differ: transposition and
/// place are found from exact runs, then the stretch is taken in which shared notes outweigh the others most. Null
/// where no run gives a hint.
/// </param>
/// <param name="RunShares">For each length: the share of the piece's runs of so many notes that stand in the corpus.</param>
/// <param name="IsCopy">Whether the resemblance reaches the limits of the options.</param>
public sealed record OriginalityReport(
    int Notes, SharedPassage? LongestRun, SharedPassage? Resemblance, ImmutableSortedDictionary<int, double> RunShares, bool IsCopy)
{
    // So many candidate alignments are followed note by note.
    private const int Alignments = 8;

    /// <summary>Looks a piece up.</summary>
    /// <param name="score">The piece; drum parts are left out.</param>
    /// <param name="index">The corpus.</param>
    /// <param name="options">By default <see cref="OriginalityOptions.Default"/>.</param>
    public static OriginalityReport Of(Score score, CorpusIndex index, OriginalityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(index);
        options ??= OriginalityOptions.Default;
        NoteLine line = NoteLine.Of(score);
        int[] symbols = line.Symbols();
        var matches = new (int Length, int Note)[symbols.Length];
        for (int i = 0; i < symbols.Length; i++) matches[i] = index.LongestMatch(symbols.AsSpan(i));

        SharedPassage? run = LongestRunOf(line, index, matches);
        SharedPassage? resemblance = ResemblanceOf(line, index, symbols, matches, options);
        return new OriginalityReport(
            line.Notes.Length, run, resemblance,
            options.RunLengths.ToImmutableSortedDictionary(length => length, length => ShareOf(matches, length)),
            IsCopied(resemblance?.SharedNotes ?? 0, line.Notes.Length, options));
    }

    private static bool IsCopied(int shared, int notes, OriginalityOptions options) =>
        shared >= options.CopiedNotes || (shared >= options.FewestCopiedNotes && shared >= options.CopiedShare * notes);

    // A run of n notes has n - 1 symbols; a piece of k notes holds k - n + 1 such runs.
    private static double ShareOf((int Length, int Note)[] matches, int notes)
    {
        int runs = matches.Length + 1 - notes + 1;
        return runs <= 0 ? 0 : (double)matches.Take(runs).Count(match => match.Length >= notes - 1) / runs;
    }

    private static SharedPassage? LongestRunOf(NoteLine line, CorpusIndex index, (int Length, int Note)[] matches)
    {
        if (LongestOf(matches) is not int first) return null;
        int notes = matches[first].Length + 1;
        return Passage(line, index, first, notes, notes, AlignmentAt(line, index, first, matches[first].Note));
    }

    private static int? LongestOf((int Length, int Note)[] matches)
    {
        int? first = null;
        for (int i = 0; i < matches.Length; i++)
        {
            if (matches[i].Length > (first is int longest ? matches[longest].Length : 0)) first = i;
        }
        return first;
    }

    // A symbol stands with the note it leads to: the passage begins one note earlier.
    private static Alignment AlignmentAt(NoteLine line, CorpusIndex index, int first, int place)
    {
        GridNote source = index.NoteAt(place - 1), note = line.Notes[first];
        return new Alignment(index.PieceOf(place), note.Pitch - source.Pitch, source.Step - note.Step);
    }

    private static SharedPassage? ResemblanceOf(
        NoteLine line, CorpusIndex index, int[] symbols, (int Length, int Note)[] matches, OriginalityOptions options)
    {
        var votes = new Dictionary<Alignment, int>();
        int seed = options.SeedNotes - 1;
        for (int i = 0; i < matches.Length; i++)
        {
            if (matches[i].Length < seed) continue;
            ReadOnlySpan<int> places = index.Places(symbols.AsSpan(i, seed));
            // A place in a long run speaks for itself, however common its beginning.
            if (places.Length > options.CommonestSeed) places = matches[i].Length >= 2 * seed ? new[] { matches[i].Note } : default;
            foreach (int place in places)
            {
                Alignment alignment = AlignmentAt(line, index, i, place);
                votes[alignment] = votes.GetValueOrDefault(alignment) + 1;
            }
        }

        // The longest run may repeat one figure so common that it gave no votes.
        if (LongestOf(matches) is int longest) votes[AlignmentAt(line, index, longest, matches[longest].Note)] = int.MaxValue;
        SharedPassage? best = null;
        foreach ((Alignment alignment, _) in votes.OrderByDescending(vote => vote.Value).Take(Alignments))
        {
            (int first, int notes, int shared) = BestStretch(SharedNotes(line, index, alignment), options.Miss);
            if (shared > (best?.SharedNotes ?? 0)) best = Passage(line, index, first, notes, shared, alignment);
        }
        return best;
    }

    // Which notes of the piece stand in the source where the alignment puts them; both are in order.
    private static bool[] SharedNotes(NoteLine line, CorpusIndex index, Alignment alignment)
    {
        (int next, int length) = index.NotesOf(alignment.Piece).GetOffsetAndLength(index.NoteCount);
        int end = next + length;
        var shared = new bool[line.Notes.Length];
        for (int i = 0; i < shared.Length; i++)
        {
            (int step, int pitch) = (line.Notes[i].Step + alignment.StepShift, line.Notes[i].Pitch - alignment.Transposition);
            while (next < end && (index.NoteAt(next).Step, (int)index.NoteAt(next).Pitch).CompareTo((step, pitch)) < 0) next++;
            shared[i] = next < end && index.NoteAt(next).Step == step && index.NoteAt(next).Pitch == pitch;
        }
        return shared;
    }

    // Kadane's largest sum, with 1 for a shared note and -miss for another.
    private static (int First, int Notes, int Shared) BestStretch(bool[] shared, double miss)
    {
        (int First, int Notes, int Shared) best = default;
        double sum = 0, bestSum = 0;
        int first = 0, count = 0;
        for (int i = 0; i < shared.Length; i++)
        {
            if (sum <= 0) (sum, first, count) = (0, i, 0);
            sum += shared[i] ? 1 : -miss;
            if (shared[i]) count++;
            if (sum > bestSum) (bestSum, best) = (sum, (first, i - first + 1, count));
        }
        return best;
    }

    private static SharedPassage Passage(NoteLine line, CorpusIndex index, int first, int notes, int shared, Alignment alignment)
    {
        int step = line.Notes[first].Step;
        return new SharedPassage(
            first, notes, shared,
            line.Bars.At(step), line.Bars.At(line.Notes[first + notes - 1].Step),
            index.PieceNames[alignment.Piece], index.Bars[alignment.Piece].At(step + alignment.StepShift),
            alignment.Transposition)
        {
            Place = (alignment.Piece, alignment.StepShift),
        };
    }

    private readonly record struct Alignment(int Piece, int Transposition, int StepShift);
}
