using Etude.Evaluation.Listening;

namespace Etude.Studio.Listening;

/// <summary>Whether one can listen here, and the test under way.</summary>
internal sealed record ListeningStateView(bool CanBegin, string? Reason, ListeningTestView? Test);

/// <summary>A test as its listener sees it: nothing tells what is heard.</summary>
internal sealed record ListeningTestView(string Id, int Questions, int Answered, ListeningTestView.Question? Next)
{
    /// <summary>The question to answer next.</summary>
    internal sealed record Question(int Number, bool IsPair);
}

/// <summary>What a listener says to a question.</summary>
internal sealed record ListeningAnswerRequest(int Question, ListeningChoice Choice);

/// <summary>What was thought of a set; intervals are of 95 %.</summary>
internal sealed record ListeningResultView(
    string Set, bool IsHuman, int Rank, ListeningResultView.Range Strength, int Comparisons, ListeningResultView.Range? TakenForHuman, int SingleHearings)
{
    /// <summary>A value and how sure it is.</summary>
    internal sealed record Range(double Value, double Low, double High);
}
