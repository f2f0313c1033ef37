using System.CommandLine;
using System.Net;
using Etude.Studio;

StudioOptions usual = new();
Option<int> port = new("--port") { Description = "The port to listen on; 0 for any free one.", DefaultValueFactory = _ => usual.Port };
Option<string> host = new("--host") { Description = "The address to listen on: localhost, or an IP address such as 0.0.0.0 for all.", DefaultValueFactory = _ => usual.Host };
Option<string> data = new("--data") { Description = "The folder of the library and its pieces.", DefaultValueFactory = _ => usual.Data };
Option<string> runs = new("--runs") { Description = "The folder of training runs, whose models are offered.", DefaultValueFactory = _ => usual.Runs };
Option<string> recipes = new("--recipes") { Description = "The folder of recipes to train by.", DefaultValueFactory = _ => usual.Recipes };
Option<string> human = new("--human") { Description = "A folder of music by people, for blind listening.", DefaultValueFactory = _ => usual.Human };
Option<string?> soundFont = new("--soundfont") { Description = "The sound font (SF2) of the piano; else one installed on the system, else Etude's own." };
Option<string?> token = new("--token") { Description = "A secret that visitors must give; also the environment variable ETUDE_TOKEN." };
Option<bool> withParent = new("--with-parent") { Description = "Close when standard input ends; for programs that start the studio.", Hidden = true };
port.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > 65535) result.AddError("--port must be 0 to 65535.");
});
host.Validators.Add(result =>
{
    string? given = result.GetValueOrDefault<string>();
    if (given != "localhost" && !IPAddress.TryParse(given, out _)) result.AddError("--host must be localhost or an IP address.");
});
RootCommand command = new("The Etude studio: press a button, hear a new piece.\n\nExample: etude serve --port 8080 --soundfont grand.sf2") { port, host, data, runs, recipes, human, soundFont, token, withParent };
command.SetAction(async (arguments, cancellation) =>
{
    StudioOptions options = usual with
    {
        Port = arguments.GetValue(port),
        Host = arguments.GetValue(host)!,
        Data = arguments.GetValue(data)!,
        Runs = arguments.GetValue(runs)!,
        Recipes = arguments.GetValue(recipes)!,
        Human = arguments.GetValue(human)!,
        SoundFont = arguments.GetValue(soundFont),
        Token = arguments.GetValue(token) ?? Environment.GetEnvironmentVariable("ETUDE_TOKEN"),
    };
    try
    {
        using CancellationTokenSource closing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (arguments.GetValue(withParent)) _ = CloseWithParentAsync(closing);
        await StudioHost.RunAsync(options, Console.Out, closing.Token);
        return 0;
    }
    catch (IOException fault)
    {
        await Console.Error.WriteLineAsync($"The studio could not start: {fault.Message}");
        return 1;
    }
});
ParseResult parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync("--help shows the options.");
    return 2;
}
return await parsed.InvokeAsync();

// Whoever started the studio holds the other end: it is closed even where that program was killed.
static async Task CloseWithParentAsync(CancellationTokenSource closing)
{
    await Console.OpenStandardInput().CopyToAsync(Stream.Null, CancellationToken.None);
    await closing.CancelAsync();
}
