using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Composing through the API.</summary>
public sealed class CompositionTests
{
    [Fact]
    public async Task An_empty_request_composes_a_piece_that_can_be_downloaded_and_read()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement piece = await studio.FinishAsync();
        Assert.Equal("done", piece.State());
        Score score = MidiFile.Read(await studio.Client.GetByteArrayAsync($"/api/compositions/{piece.Id()}.mid"), new MidiReadOptions { Strict = true }).Score;
        Assert.Equal(piece.GetProperty("notes").GetInt32(), score.NoteCount);
        Assert.Equal(320, score.NoteCount);
        Assert.Single(Directory.GetFiles(Path.Combine(studio.Data, "pieces"), "*.mid"));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        byte[][] files = new byte[3][];
        for (int i = 0; i < 3; i++)
        {
            JsonElement piece = await studio.FinishAsync(new { seed = i < 2 ? 7 : 8, bars = 4 });
            files[i] = await studio.Client.GetByteArrayAsync($"/api/compositions/{piece.Id()}.mid");
        }
        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[0], files[2]);
    }

    [Fact]
    public async Task Notes_arrive_while_the_piece_is_composed()
    {
        PlainShelf shelf = new();
        shelf.Open.Reset();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf);
        string id = (await studio.ComposeAsync(new { bars = 4 })).Id();
        using StreamReader events = new(await studio.Client.GetStreamAsync($"/api/compositions/{id}/events"));
        Assert.Equal("event: piece", await events.ReadLineAsync());
        shelf.Open.Set();
        List<string> kinds = [];
        int notes = 0;
        string kind = "";
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) kinds.Add(kind = line[7..]);
            if (kind == "notes" && line.StartsWith("data: ", StringComparison.Ordinal))
                notes += JsonDocument.Parse(line[6..]).RootElement.GetProperty("notes").GetArrayLength() / 4;
        }
        Assert.Contains("notes", kinds);
        Assert.Equal("piece", kinds[^1]);
        Assert.Equal(40, notes);
    }

    [Fact]
    public async Task A_broken_stream_goes_on_where_it_broke()
    {
        PlainShelf shelf = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf, options => options with { Cores = 1 });
        shelf.Open.Reset();
        string id = (await studio.ComposeAsync(new { bars = 2 })).Id();
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/compositions/{id}/events");
        request.Headers.Add("Last-Event-ID", "15");
        HttpResponseMessage response = await studio.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        shelf.Open.Set();
        string text = await response.Content.ReadAsStringAsync();
        int notes = text.Split('\n').Where(line => line.StartsWith("data: {\"share\"", StringComparison.Ordinal))
            .Sum(line => JsonDocument.Parse(line[6..]).RootElement.GetProperty("notes").GetArrayLength() / 4);
        Assert.Equal(5, notes);
    }

    [Theory]
    [InlineData("""{"bars": 0}""", "length")]
    [InlineData("""{"bars": 100000}""", "length")]
    [InlineData("""{"temperature": 9}""", "Temperature")]
    [InlineData("""{"model": "none such"}""", "no model named")]
    [InlineData("""{"seed": -1}""", "")]
    [InlineData("""{"primer": {"id": "../../etc/passwd"}}""", "primer")]
    [InlineData("nonsense", "")]
    public async Task A_request_that_cannot_be_met_is_a_problem_with_a_sentence(string body, string word)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        HttpResponseMessage response = await studio.Client.PostAsync("/api/compositions", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(word, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_visitor_cannot_fill_the_queue()
    {
        PlainShelf shelf = new();
        shelf.Open.Reset();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf, options => options with { PiecesPerVisitor = 3, QueueLength = 4 });
        for (int i = 0; i < 3; i++) await studio.ComposeAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await studio.Client.PostAsJsonAsync("/api/compositions", new { })).StatusCode);
        using HttpClient other = new() { BaseAddress = studio.Address };
        other.DefaultRequestHeaders.Add("Cookie", "etude-visitor=0123456789abcdef0123456789abcdef");
        Assert.Equal(HttpStatusCode.Accepted, (await other.PostAsJsonAsync("/api/compositions", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await other.PostAsJsonAsync("/api/compositions", new { })).StatusCode);
        shelf.Open.Set();
    }

    [Fact]
    public async Task Those_who_wait_take_turns()
    {
        PlainShelf shelf = new(TimeSpan.FromMilliseconds(20));
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf, options => options with { Cores = 1 });
        string slow = (await studio.ComposeAsync(new { bars = 200 })).Id();
        JsonElement quick = await studio.FinishAsync(new { bars = 4 });
        Assert.Equal("done", quick.State());
        Assert.Equal("composing", (await studio.Client.GetFromJsonAsync<JsonElement>($"/api/compositions/{slow}")).State());
    }

    [Fact]
    public async Task Deleting_stops_a_piece_that_is_under_way()
    {
        PlainShelf shelf = new();
        shelf.Open.Reset();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf);
        string id = (await studio.ComposeAsync()).Id();
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Client.DeleteAsync($"/api/compositions/{id}")).StatusCode);
        for (int i = 0; i < 100 && (await studio.Client.GetAsync($"/api/compositions/{id}")).IsSuccessStatusCode; i++) await Task.Delay(20);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Client.GetAsync($"/api/compositions/{id}")).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(studio.Data, "pieces")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_loses_neither_what_is_kept_nor_what_is_under_way(bool journal)
    {
        string data = Directory.CreateTempSubdirectory("etude-studio-").FullName;
        PlainShelf shelf = new();
        string kept, begun;
        await using (OpenStudio before = await OpenStudio.StartAsync(shelf, options => options with { Journal = journal }, data))
        {
            kept = (await before.FinishAsync(new { bars = 4 })).Id();
            await before.Client.PatchAsJsonAsync($"/api/compositions/{kept}", new { kept = true, rating = 4 });
            shelf.Open.Reset();
            begun = (await before.ComposeAsync(new { bars = 4, seed = 99 })).Id();
        }
        shelf.Open.Set();
        await using (OpenStudio after = await OpenStudio.StartAsync(shelf, options => options with { Journal = journal }, data))
        {
            JsonElement library = await after.Client.GetFromJsonAsync<JsonElement>("/api/library");
            Assert.Equal(kept, library.GetProperty("pieces")[0].Id());
            Assert.Equal(4, library.GetProperty("pieces")[0].GetProperty("rating").GetInt32());
            JsonElement again = await after.WaitAsync(begun);
            Assert.Equal("done", again.State());
            Assert.Equal(99, again.GetProperty("request").GetProperty("seed").GetInt32());
        }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_piece_sounds_as_wav()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement piece = await studio.FinishAsync(new { bars = 1 });
        byte[] wav = await studio.Client.GetByteArrayAsync($"/api/compositions/{piece.Id()}.wav");
        Assert.Equal("RIFF"u8, wav.AsSpan(0, 4));
        Assert.Contains(wav.AsSpan(44).ToArray(), sample => sample != 0);
    }

    [Fact]
    public async Task A_piece_is_written_as_sheet_music()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement piece = await studio.FinishAsync(new { bars = 2 });
        XDocument sheet = XDocument.Parse(await studio.Client.GetStringAsync($"/api/compositions/{piece.Id()}.musicxml"), LoadOptions.None);
        Assert.Equal("score-partwise", sheet.Root!.Name.LocalName);
        Assert.Contains(sheet.Descendants("note"), note => note.Element("pitch") is not null);
    }

    [Fact]
    public async Task Audio_of_a_piece_that_is_not_done_is_a_conflict()
    {
        PlainShelf shelf = new();
        shelf.Open.Reset();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf);
        string id = (await studio.ComposeAsync()).Id();
        Assert.Equal(HttpStatusCode.Conflict, (await studio.Client.GetAsync($"/api/compositions/{id}.wav")).StatusCode);
        shelf.Open.Set();
    }
}
