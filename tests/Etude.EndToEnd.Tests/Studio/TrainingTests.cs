using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Studio.Models;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Training through the API, with a network that is small enough for a test.</summary>
public sealed class TrainingTests : IDisposable
{
    private const string Recipe = """
        {
          "name": "tiny", "description": "Small enough for a test.",
          "corpus": { "minimumNotes": 8 },
          "network": { "embedding": 8, "layers": [ { "type": "lstm", "units": 8 } ] },
          "training": { "epochs": 3, "steps": 16, "batch": 2, "keepEvery": 1 }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("etude-training-").FullName;

    public TrainingTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        File.WriteAllText(Path.Combine(folder, "recipes", "tiny.json"), Recipe);
    }

    [Fact]
    public async Task A_zip_of_music_is_looked_at_trained_on_and_composed_with()
    {
        await using OpenStudio studio = await StartAsync();
        JsonElement corpus = await BringAsync(studio, Zip(20), "my pieces.zip");
        Assert.Equal("my pieces", corpus.GetProperty("name").GetString());
        Assert.Equal(20, corpus.GetProperty("files").GetInt32());
        JsonElement look = await (await studio.Client.PostAsJsonAsync("/api/corpora/look", new { folder = corpus.Id(), recipe = "tiny" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(20, look.GetProperty("seen").GetInt32());
        Assert.True(look.GetProperty("kept").GetInt32() > 10, look.ToString());

        HttpResponseMessage begun = await studio.Client.PostAsJsonAsync("/api/runs", new { name = "first run", recipe = "tiny", folder = corpus.Id() });
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        JsonElement run = await WaitAsync(studio, "first run", "done");
        Assert.Equal(3, run.GetProperty("epochs").GetArrayLength());
        Assert.Contains("best", run.GetProperty("models").EnumerateArray().Select(model => model.GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await studio.Client.PostAsJsonAsync("/api/runs", new { name = "first run", recipe = "tiny", folder = corpus.Id() })).StatusCode);

        JsonElement models = await studio.Client.GetFromJsonAsync<JsonElement>("/api/models");
        Assert.Contains(models.EnumerateArray(), model => model.GetProperty("name").GetString() == "first run");
        Assert.Equal("done", (await studio.FinishAsync(new { model = "first run", bars = 1 })).State());
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Client.DeleteAsync("/api/runs/first run")).StatusCode);
        Assert.Empty((await studio.Client.GetFromJsonAsync<JsonElement>("/api/runs")).EnumerateArray());
    }

    [Fact]
    public async Task A_stopped_run_goes_on_also_after_a_restart()
    {
        string data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        await using (OpenStudio before = await StartAsync(data))
        {
            string corpus = (await BringAsync(before, Zip(20), "pieces")).Id();
            await before.Client.PostAsJsonAsync("/api/runs", new { name = "long", recipe = "tiny", folder = corpus, epochs = 1000 });
            await WaitAsync(before, "long", "training");
            await before.Client.PostAsync("/api/runs/long/stop", null);
            await WaitAsync(before, "long", "stopped");
            await before.Client.PostAsync("/api/runs/long/resume", null);
            await WaitAsync(before, "long", "training");
        }
        await using OpenStudio after = await StartAsync(data);
        JsonElement run = await WaitAsync(after, "long", "training");
        Assert.Equal(1000, run.GetProperty("epochsWanted").GetInt32());
        await after.Client.PostAsync("/api/runs/long/stop", null);
        await WaitAsync(after, "long", "stopped");
    }

    [Theory]
    [InlineData("""{"name": "../up", "recipe": "tiny", "folder": "starter"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"name": "a", "recipe": "none", "folder": "starter"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"name": "a", "recipe": "tiny", "folder": "/nowhere at all"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"name": "a"}""", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_trained_is_a_problem(string body, HttpStatusCode status)
    {
        await using OpenStudio studio = await StartAsync();
        HttpResponseMessage response = await studio.Client.PostAsync("/api/runs", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_bomb_a_broken_zip_and_one_without_music_are_refused_and_leave_nothing()
    {
        await using OpenStudio studio = await StartAsync();
        using MemoryStream bomb = new();
        using (ZipArchive archive = new(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("quiet.mid", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 30; i++) entry.Write(zeros);
        }
        Assert.True(bomb.Length < 100_000);
        using MemoryStream empty = new();
        using (ZipArchive archive = new(empty, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("notes.txt");
        foreach (byte[] bytes in new[] { bomb.ToArray(), empty.ToArray(), Encoding.ASCII.GetBytes("PK no") })
        {
            HttpResponseMessage response = await studio.Client.PostAsync("/api/corpora?name=odd.zip", new ByteArrayContent(bytes));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        }
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(studio.Data, "corpora")));
    }

    [Fact]
    public async Task Names_inside_a_zip_lead_nowhere()
    {
        await using OpenStudio studio = await StartAsync();
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("../../../escaped.mid").Open();
            entry.Write(Piece(1));
        }
        JsonElement corpus = await BringAsync(studio, zip.ToArray(), "../sly");
        string file = Assert.Single(Directory.GetFiles(studio.Data, "*escaped*", SearchOption.AllDirectories));
        Assert.StartsWith(Path.Combine(studio.Data, "corpora", corpus.Id()), file, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<OpenStudio> StartAsync(string? data = null) => OpenStudio.StartAsync(
        new ModelShelf(new Etude.Studio.StudioOptions { Runs = Path.Combine(folder, "runs") }),
        options => options with { Recipes = Path.Combine(folder, "recipes"), Runs = Path.Combine(folder, "runs") }, data);

    private static async Task<JsonElement> BringAsync(OpenStudio studio, byte[] zip, string name)
    {
        HttpResponseMessage response = await studio.Client.PostAsync($"/api/corpora?name={Uri.EscapeDataString(name)}", new ByteArrayContent(zip));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> WaitAsync(OpenStudio studio, string name, string state)
    {
        JsonElement run = default;
        for (int i = 0; i < 1500; i++)
        {
            run = await studio.Client.GetFromJsonAsync<JsonElement>($"/api/runs/{name}");
            if (run.State() == state) return run;
            if (run.State() == "failed") break;
            await Task.Delay(20);
        }
        throw new TimeoutException($"The run is not {state}: {run}");
    }

    private static byte[] Zip(int pieces)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < pieces; i++)
            {
                using Stream entry = archive.CreateEntry($"folder/piece {i}.mid").Open();
                entry.Write(Piece(i));
            }
        }
        return zip.ToArray();
    }

    private static byte[] Piece(int seed)
    {
        Random random = new(seed);
        return MidiFile.ToBytes(Score.Piano(Enumerable.Range(0, 64).Select(i => new Note(new(i * 240), new(200), (byte)random.Next(48, 80), 80))));
    }
}
