using System.Diagnostics;
using System.Text.Json;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Runs page.mjs once against a studio, and holds what each check found.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly Dictionary<string, JsonElement> results = [];
    private string? skip;
    private string errors = "";

    /// <summary>What a check measured; skips the test where no browser is at hand, fails it with the check's own words.</summary>
    public JsonElement Result(string check)
    {
        if (skip is not null) Assert.Skip(skip);
        Assert.True(results.TryGetValue(check, out JsonElement result), $"The check '{check}' did not run. {errors}");
        string? fault = result.GetProperty("fault").GetString();
        Assert.True(fault is null, fault);
        return result.GetProperty("measured");
    }

    /// <summary>How long a check took.</summary>
    public double Seconds(string check) => results[check].GetProperty("seconds").GetDouble();

    public async ValueTask InitializeAsync()
    {
        string? node = OnPath(["node"]), browser = Environment.GetEnvironmentVariable("CHROMIUM") ?? OnPath(Browsers);
        skip = node is null ? "Node.js is not installed: the page is not tried in a browser."
            : browser is null ? "No Chromium is installed: the page is not tried in a browser."
            : !Directory.Exists(Path.Combine(Repository.Root, "src/Etude.Studio/client/node_modules/playwright-core")) ? "The page's packages are not installed (SkipClient): it is not tried in a browser."
            : !File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")) ? "The page was not built (SkipClient)."
            : null;
        if (skip is not null) return;
        await using OpenStudio studio = await OpenStudio.StartAsync(new PlainShelf(TimeSpan.FromMilliseconds(15)), options => options with { PiecesPerVisitor = 50 });
        ProcessStartInfo start = new(node!, [Path.Combine(Repository.Root, "tests/Etude.EndToEnd.Tests/Studio/page.mjs"), studio.Address.ToString().TrimEnd('/'), studio.Data, browser!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonElement result = JsonDocument.Parse(line).RootElement;
            results[result.GetProperty("name").GetString()!] = result;
        }
        await process.WaitForExitAsync();
        errors = await complaints;
        string downloaded = Path.Combine(studio.Data, "downloaded.mid");
        if (File.Exists(downloaded)) Downloaded = await File.ReadAllBytesAsync(downloaded);
    }

    /// <summary>The MIDI file that the browser downloaded.</summary>
    public byte[] Downloaded { get; private set; } = [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? OnPath(string[] names) =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in names
         let path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
