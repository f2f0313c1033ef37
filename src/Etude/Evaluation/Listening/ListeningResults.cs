using System.Collections.Immutable;

namespace Etude.Evaluation.Listening;

/// <summary>The outcome of a listening test.</summary>
public static class ListeningResults
{
    /// <summary>Counts and ranks.</summary>
    /// <param name="test">The test, drawn with the seed it was heard with.</param>
    /// <param name="answers">The answers; of several by one listener to one question, the last holds.</param>
    /// <param name="seed">Where the dice of the intervals start.</param>
    /// <returns>The sets in the order of their ranks.</returns>
    /// <exception cref="ArgumentException">An answer is to a question the test has not, or of a kind it does not ask.</exception>
    public static ImmutableArray<ListeningResult> Of(ListeningTest test, IEnumerable<ListeningAnswer> answers, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(test);
        ListeningAnswer[] held = [.. answers.GroupBy(answer => (answer.Listener, answer.Question)).Select(same => same.Last())];
        foreach (ListeningAnswer answer in held) Check(test, answer);
        var numbers = test.Sets.Select((set, number) => (set.Name, number)).ToDictionary(pair => pair.Name, pair => pair.number);
        ListeningAnswer[][] byListener = [.. held.GroupBy(answer => answer.Listener).Select(own => own.ToArray())];

        double[] Strengths(IEnumerable<ListeningAnswer> some) => BradleyTerry.Fit(Wins(test, some, numbers));
        double[] strengths = Strengths(held);
        var random = new Random(seed);
        double[][] repetitions = [.. Enumerable.Range(0, byListener.Length == 0 ? 0 : 1000).Select(_ => Strengths(
            Enumerable.Range(0, byListener.Length).SelectMany(_ => byListener[random.Next(byListener.Length)])))];

        return
        [
            .. test.Sets.Select((set, number) =>
            {
                ListeningAnswer[] singles = [.. held.Where(answer => !test.Questions[answer.Question].IsPair && test.Questions[answer.Question].FirstSet == set.Name)];
                int comparisons = held.Count(answer => test.Questions[answer.Question] is { IsPair: true } pair && (pair.FirstSet == set.Name || pair.SecondSet == set.Name));
                return new ListeningResult(
                    set.Name, set.IsHuman, 1 + strengths.Count(other => other > strengths[number]),
                    Bootstrap.Spread(strengths[number], repetitions.Select(repetition => repetition[number])), comparisons,
                    Wilson(singles.Count(answer => answer.Choice == ListeningChoice.Human), singles.Length), singles.Length);
            }).OrderBy(result => result.Rank),
        ];
    }

    /// <summary>
    /// A share with Wilson's interval of 95 % (1927): the shares from which the count lies at most 1.96 standard deviations.
    /// </summary>
    public static Interval Wilson(int count, int of)
    {
        if (of == 0) return new Interval(double.NaN, double.NaN, double.NaN);
        const double Z = 1.959963984540054;
        double share = (double)count / of, scale = 1 + Z * Z / of;
        double centre = (share + Z * Z / (2 * of)) / scale;
        double reach = Z * Math.Sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of)) / scale;
        return new Interval(share, Math.Max(0, centre - reach), Math.Min(1, centre + reach));
    }

    private static double[][] Wins(ListeningTest test, IEnumerable<ListeningAnswer> answers, Dictionary<string, int> numbers)
    {
        double[][] wins = [.. test.Sets.Select(_ => new double[test.Sets.Length])];
        foreach (ListeningAnswer answer in answers)
        {
            ListeningQuestion question = test.Questions[answer.Question];
            if (!question.IsPair) continue;
            int first = numbers[question.FirstSet], second = numbers[question.SecondSet!];
            double forFirst = answer.Choice switch { ListeningChoice.First => 1, ListeningChoice.Second => 0, _ => 0.5 };
            wins[first][second] += forFirst;
            wins[second][first] += 1 - forFirst;
        }
        return wins;
    }

    private static void Check(ListeningTest test, ListeningAnswer answer)
    {
        if (answer.Question < 0 || answer.Question >= test.Questions.Length)
        {
            throw new ArgumentException($"{answer.Listener} answered question {answer.Question}; the test has {test.Questions.Length}.", nameof(answer));
        }
        bool ofPair = answer.Choice is ListeningChoice.First or ListeningChoice.Second or ListeningChoice.Neither;
        if (ofPair != test.Questions[answer.Question].IsPair)
        {
            throw new ArgumentException($"{answer.Listener} answered {answer.Choice} to question {answer.Question}, which does not ask that.", nameof(answer));
        }
    }
}
