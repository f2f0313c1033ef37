using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Etude.Composing;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Steering and filling through the API: what the model is told.</summary>
public sealed class SteeringTests
{
    [Fact]
    public async Task What_is_asked_for_is_told_to_the_model()
    {
        PlainShelf shelf = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf);
        await studio.FinishAsync(new { model = "sheets", bars = 2, expression = false, steering = new { style = "bach", key = "Eb minor", keepsScale = true, meter = "6/8", notesPerQuarter = 2.5, ends = false } });
        Steering steering = shelf.Asked!.Steering;
        Assert.Equal(("bach", "Eb minor", true, 2.5, false), (steering.Style, steering.Key.ToString(), steering.KeepsScale, steering.NotesPerQuarter, steering.Ends));
        Assert.Equal((6, 8), (steering.Meter!.Value.Numerator, steering.Meter.Value.Denominator));
        Assert.False(shelf.Asked.Expression);

        await studio.FinishAsync(new { model = "sheets", bars = 2 });
        Assert.Equal(Steering.None, shelf.Asked.Steering);
        Assert.True(shelf.Asked.Expression);
    }

    [Theory]
    [InlineData(2.4, 7.2, 2, 3)]
    [InlineData(2.41, 7.19, 2, 3)]
    [InlineData(2.39, 7.21, 2, 3)] // a bar line is met to a fraction only
    [InlineData(3, 4, 2, 2)]
    [InlineData(0, 1000, 1, 8)]
    public async Task A_marked_stretch_becomes_whole_bars(double from, double to, int first, int last)
    {
        PlainShelf shelf = new();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf);
        string id = (await studio.FinishAsync(new { bars = 8, seed = 3 })).Id();
        JsonElement filled = await studio.FinishAsync(new { model = "sheets", gap = new { id, fromSeconds = from, toSeconds = to, hand = "right" } });
        Assert.Equal("done", filled.State());
        Assert.Equal((first, last, Hand.Right), (shelf.Asked!.Gap!.FirstBar, shelf.Asked.Gap.LastBar, shelf.Asked.Gap.Hand));
        Score before = MidiFile.Read(await studio.Client.GetByteArrayAsync($"/api/compositions/{id}.mid")).Score, after = MidiFile.Read(await studio.Client.GetByteArrayAsync($"/api/compositions/{filled.Id()}.mid")).Score;
        Tick until = new BarMap(before)[last].End;
        Assert.Equal(before.NotesInOrder().Where(note => note.Onset >= until), after.NotesInOrder().Where(note => note.Onset >= until));
        Assert.Equal((first - 1) * 2.4, filled.GetProperty("composedFromSeconds").GetDouble(), 3);
    }

    [Theory]
    [InlineData("""{"steering": {"key": "H flat"}}""", "key")]
    [InlineData("""{"steering": {"meter": "3 of 4"}}""", "meter")]
    [InlineData("""{"steering": {"keepsScale": true}}""", "key")]
    [InlineData("""{"steering": {"notesPerQuarter": 99}}""", "NotesPerQuarter")]
    [InlineData("""{"gap": {"id": "../../etc/passwd", "fromSeconds": 0, "toSeconds": 1}}""", "id")]
    [InlineData("""{"gap": {"id": "00000000000000000000000000000000", "fromSeconds": 2, "toSeconds": 1}}""", "passage")]
    public async Task What_makes_no_sense_is_refused_with_a_sentence(string body, string word)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        HttpResponseMessage response = await studio.Client.PostAsync("/api/compositions", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(word, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
