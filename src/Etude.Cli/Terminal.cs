using Etude.Corpora;
using Spectre.Console;

namespace Etude.Cli;

/// <summary>Where the command writes: results to standard output, progress and errors to standard error.</summary>
internal static class Terminal
{
    /// <summary>Standard error: progress bars, live displays and messages.</summary>
    public static IAnsiConsole Progress { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>One line on standard error.</summary>
    public static void Error(string message) => Console.Error.WriteLine(message);

    /// <summary>What a failure's message says to a user, without the names of parameters that stand only in the code.</summary>
    public static void Error(Exception failure) =>
        Error(failure is ArgumentException { ParamName: { } name } ? failure.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : failure.Message);

    /// <summary>
    /// Whether a failure is the user's to mend (a missing file, an unreadable one, a wrong option), so that its message
    /// alone is shown; anything else is a fault of Etude's and keeps its stack trace.
    /// </summary>
    public static bool IsExpected(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or FormatException or InvalidDataException
            or ArgumentException or NotSupportedException or CorpusException;
}
