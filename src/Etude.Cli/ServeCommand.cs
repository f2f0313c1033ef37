using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Diagnostics;

namespace Etude.Cli;

/// <summary>
/// <c>etude serve</c>: opens the studio, which is a program of its own (docs/decisions/serve.md). It gets the options as
/// they were written, and is told by the end of its standard input that this one has gone, however that came.
/// </summary>
internal static class ServeCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var options = new Argument<string[]>("options") { Description = "The studio's options; 'etude serve --help' shows them.", Arity = ArgumentArity.ZeroOrMore };
        var help = new HelpOption { Action = new ShowHelp() };
        var command = new Command("serve", """
            Opens the studio in the browser: compose, hear, keep, train.

            Examples:
              etude serve
              etude serve --port 8080 --soundfont grand.sf2
            """) { options, help };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => RunAsync([.. parsed.Tokens.Skip(1).Select(token => token.Value)], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] options, CancellationToken cancellation)
    {
        ProcessStartInfo start = StudioProgram.Find(AppContext.BaseDirectory) ?? await StudioProgram.BuildAsync(AppContext.BaseDirectory, cancellation);
        foreach (string option in options) start.ArgumentList.Add(option);
        start.ArgumentList.Add("--with-parent");
        start.RedirectStandardInput = true;
        using Process studio = Process.Start(start)!;
        try
        {
            await studio.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            studio.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await studio.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                studio.Kill(entireProcessTree: true);
            }
        }
        return studio.ExitCode;
    }

    // The studio knows its options best.
    private sealed class ShowHelp : AsynchronousCommandLineAction
    {
        public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default) => RunAsync(["--help"], cancellationToken);
    }
}
