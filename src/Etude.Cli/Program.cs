using System.CommandLine;
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
try
{
    // Ctrl-C cancels the token; a checkpoint of a large model may take some seconds to reach the disk.
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
    });
}
catch (OperationCanceledException)
{
    Terminal.Error("Interrupted.");
    return 1;
}
catch (Exception failure) when (Terminal.IsExpected(failure))
{
    Terminal.Error(failure);
    return failure is ArgumentException ? 2 : 1;
}
