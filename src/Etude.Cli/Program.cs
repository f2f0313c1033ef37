using System.CommandLine;
using System.Runtime.InteropServices;
using Etude.Cli;

RootCommand root = new("Etude learns from a folder of MIDI files and composes new piano music.")
{
    FetchCommand.Create(),
    PrepareCommand.Create(),
    TrainCommand.Create(),
    GenerateCommand.Create(),
    EvaluateCommand.Create(),
    TabulateCommand.Create(),
    GalleryCommand.Create(),
    RenderCommand.Create(),
    InspectCommand.Create(),
    ExportCommand.Create(),
    ServeCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Terminal.Error(error.Message);
    Terminal.Error("'etude <command> --help' shows the options and an example.");
    return 2;
}

// Ctrl-C and kill cancel the token, after which a checkpoint of a large model may take some seconds to reach the disk; a second one ends
// at once. The library's own handler would come too late: it begins where a command waits, and training does not.
using var interruption = new CancellationTokenSource();
int status = 1;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, 128 + 2));
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Interrupt(signal, 128 + 15));
try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
}
catch (OperationCanceledException)
{
    Terminal.Error("Interrupted.");
    return status;
}
catch (Exception failure) when (Terminal.IsExpected(failure))
{
    Terminal.Error(failure);
    return failure is ArgumentException ? 2 : 1;
}

void Interrupt(PosixSignalContext signal, int code)
{
    signal.Cancel = !interruption.IsCancellationRequested;
    status = code;
    interruption.Cancel();
}
