namespace Etude.Evaluation.Listening;

/// <summary>An answer as it is stored.</summary>
/// <param name="Question">The question's number.</param>
/// <param name="Listener">Who answered: any name or code that stays the same for one person.</param>
/// <param name="Choice">What was said.</param>
/// <param name="At">When.</param>
public sealed record ListeningAnswer(int Question, string Listener, ListeningChoice Choice, DateTimeOffset At);
