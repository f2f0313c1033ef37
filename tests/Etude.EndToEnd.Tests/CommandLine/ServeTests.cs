using System.Diagnostics;
using System.Net.Sockets;
using Etude.Cli;

namespace Etude.EndToEnd.Tests.CommandLine;

public sealed class ServeTests
{
    [Fact]
    public async Task The_studio_opens_and_closes_with_the_command_even_where_that_is_killed()
    {
        string folder = Directory.CreateTempSubdirectory("etude-").FullName;
        using Process serve = EtudeProcess.Start(folder, "serve", "--port", "0", "--data", "studio");
        string? line = await serve.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("The studio is open: http://", line, StringComparison.Ordinal);
        Uri address = new(line!["The studio is open: ".Length..]);
        using HttpClient client = new() { BaseAddress = address };
        Assert.Contains("limits", await client.GetStringAsync("/api/studio", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "studio", "studio.db")) || File.Exists(Path.Combine(folder, "studio", "studio.jsonl")));

        serve.Kill(); // outright: the command has no chance to say anything
        Assert.True(await Closes(address), "ten seconds after its command was killed the studio still answers");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Options_are_the_studios_and_so_are_its_faults()
    {
        var help = EtudeProcess.Run(Path.GetTempPath(), "serve", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--soundfont", help.Output, StringComparison.Ordinal);

        var wrong = EtudeProcess.Run(Path.GetTempPath(), "serve", "--port", "99999");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("65535", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_studio_it_says_how_to_get_one()
    {
        string folder = Directory.CreateTempSubdirectory("etude-").FullName;
        Assert.Null(StudioProgram.Find(folder));
        FileNotFoundException fault = await Assert.ThrowsAsync<FileNotFoundException>(() => StudioProgram.BuildAsync(folder, TestContext.Current.CancellationToken));
        Assert.Contains("dotnet publish src/Etude.Studio", fault.Message, StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    private static async Task<bool> Closes(Uri address)
    {
        for (Stopwatch time = Stopwatch.StartNew(); time.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(50))
        {
            try
            {
                using TcpClient knock = new();
                await knock.ConnectAsync(address.Host, address.Port);
            }
            catch (SocketException)
            {
                return true;
            }
        }
        return false;
    }
}
