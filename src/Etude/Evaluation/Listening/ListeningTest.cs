using System.Collections.Immutable;

namespace Etude.Evaluation.Listening;

/// <summary>A blind test: questions drawn and shuffled by a seed, so that it can be drawn again rather than stored.</summary>
/// <param name="Sets">The sets that are heard.</param>
/// <param name="Questions">The questions in the order they are asked.</param>
public sealed record ListeningTest(ImmutableArray<ListeningSet> Sets, ImmutableArray<ListeningQuestion> Questions)
{
    /// <summary>
    /// Draws a test. Every two sets meet equally often, each is played first in half of their meetings (one more or less),
    /// and a set's pieces take turns in an order of chance before any comes again.
    /// </summary>
    /// <param name="sets">Two or more sets of different names, each with a piece.</param>
    /// <param name="pairsEach">How often every two sets meet.</param>
    /// <param name="singlesEach">How many pieces of each set are played alone, to be taken for human or not.</param>
    /// <param name="seed">Where the dice start: the same sets, numbers and seed give the same test.</param>
    /// <exception cref="ArgumentException">A set is empty, or two share a name.</exception>
    public static ListeningTest Draw(IReadOnlyList<ListeningSet> sets, int pairsEach, int singlesEach, int seed)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentOutOfRangeException.ThrowIfNegative(pairsEach);
        ArgumentOutOfRangeException.ThrowIfNegative(singlesEach);
        if (sets.FirstOrDefault(set => set.Pieces.IsDefaultOrEmpty) is { } empty) throw new ArgumentException($"The set {empty.Name} has no pieces.", nameof(sets));
        if (sets.DistinctBy(set => set.Name).Count() < sets.Count) throw new ArgumentException("Two sets share a name; answers could not be told apart.", nameof(sets));

        var random = new Random(seed);
        Turns[] turns = [.. sets.Select(set => new Turns(set.Pieces, random))];
        var questions = new List<ListeningQuestion>();
        for (int a = 0; a < sets.Count; a++)
        {
            for (int b = 0; b < a; b++)
            {
                int beginner = random.Next(2);
                for (int i = 0; i < pairsEach; i++)
                {
                    (int first, int second) = (i + beginner) % 2 == 0 ? (a, b) : (b, a);
                    questions.Add(new ListeningQuestion(0, turns[first].Next(), sets[first].Name, turns[second].Next(), sets[second].Name));
                }
            }
            for (int i = 0; i < singlesEach; i++) questions.Add(new ListeningQuestion(0, turns[a].Next(), sets[a].Name));
        }
        ListeningQuestion[] order = [.. questions];
        random.Shuffle(order);
        return new ListeningTest([.. sets], [.. order.Select((question, number) => question with { Number = number })]);
    }

    private sealed class Turns(ImmutableArray<string> pieces, Random random)
    {
        private readonly Queue<string> _waiting = new();

        public string Next()
        {
            if (_waiting.Count == 0)
            {
                string[] order = [.. pieces];
                random.Shuffle(order);
                foreach (string piece in order) _waiting.Enqueue(piece);
            }
            return _waiting.Dequeue();
        }
    }
}
