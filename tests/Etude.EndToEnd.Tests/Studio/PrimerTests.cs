using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Files that visitors bring.</summary>
public sealed class PrimerTests
{
    private static readonly byte[] Scale = MidiFile.ToBytes(Score.Piano(Enumerable.Range(0, 16).Select(i => new Note(new(i * 480), new(400), (byte)(60 + i), 80))));

    [Fact]
    public async Task A_passage_of_a_brought_file_leads_the_piece()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement primer = await BringAsync(studio, Scale, "../../my scale.mid");
        Assert.Equal("my scale", primer.GetProperty("name").GetString());
        Assert.Equal(16, primer.GetProperty("noteCount").GetInt32());
        // At 120 quarter notes a minute, 2 s to 4 s are the notes 64 to 67.
        JsonElement piece = await studio.FinishAsync(new { bars = 2, primer = new { id = primer.Id(), fromSeconds = 2.0, toSeconds = 4.0 } });
        Assert.Equal("done", piece.State());
        Score score = MidiFile.Read(await studio.Client.GetByteArrayAsync($"/api/compositions/{piece.Id()}.mid")).Score;
        Assert.Equal([64, 65, 66, 67], score.NotesInOrder().Take(4).Select(note => (int)note.Pitch));
        Assert.Equal(24, score.NoteCount);
    }

    [Fact]
    public async Task A_piece_can_lead_another()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement first = await studio.FinishAsync(new { bars = 4 });
        JsonElement second = await studio.FinishAsync(new { bars = 4, primer = new { id = first.Id(), fromSeconds = 0.0, toSeconds = 4.8 } });
        Assert.Equal("done", second.State());
        Assert.Equal(60, second.GetProperty("notes").GetInt32());
    }

    [Theory]
    [InlineData("this is no music")]
    [InlineData("MThd")]
    [InlineData("")]
    public async Task A_file_that_cannot_be_read_says_why(string content)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        HttpResponseMessage response = await studio.Client.PostAsync("/api/primers?name=odd.mid", new ByteArrayContent(Encoding.ASCII.GetBytes(content)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("odd", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(studio.Data, "primers")));
    }

    [Fact]
    public async Task Too_many_bytes_and_too_many_notes_are_refused()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(change: options => options with { UploadBytes = 5000, Notes = 10 });
        HttpResponseMessage bytes = await studio.Client.PostAsync("/api/primers?name=big", new ByteArrayContent(new byte[6000]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bytes.StatusCode);
        Assert.Equal("application/problem+json", bytes.Content.Headers.ContentType!.MediaType);
        HttpResponseMessage notes = await studio.Client.PostAsync("/api/primers?name=long", new ByteArrayContent(Scale));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, notes.StatusCode);
    }

    [Fact]
    public async Task An_empty_passage_fails_with_a_sentence()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement primer = await BringAsync(studio, Scale, "scale");
        JsonElement piece = await studio.FinishAsync(new { primer = new { id = primer.Id(), fromSeconds = 100.0, toSeconds = 101.0 } });
        Assert.Equal("failed", piece.State());
        Assert.Equal("No note begins in the passage that was chosen.", piece.GetProperty("fault").GetString());
    }

    [Fact]
    public async Task All_odd_files_at_hand_are_read_or_refused_with_a_sentence()
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("ETUDE_SHARED") ?? Path.Combine(Repository.Root, "..", "shared"), "data", "odd-midi");
        if (!Directory.Exists(folder)) Assert.Skip("The odd MIDI files are not at hand.");
        await using OpenStudio studio = await OpenStudio.StartAsync();
        foreach (string file in Directory.EnumerateFiles(folder, "*.mid", SearchOption.AllDirectories).Take(40))
        {
            HttpResponseMessage response = await studio.Client.PostAsync($"/api/primers?name={Uri.EscapeDataString(Path.GetFileName(file))}", new ByteArrayContent(await File.ReadAllBytesAsync(file)));
            Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.UnprocessableEntity, $"{file}: {response.StatusCode}");
        }
    }

    private static async Task<JsonElement> BringAsync(OpenStudio studio, byte[] bytes, string name)
    {
        HttpResponseMessage response = await studio.Client.PostAsync($"/api/primers?name={Uri.EscapeDataString(name)}", new ByteArrayContent(bytes));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
