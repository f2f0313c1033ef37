using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Etude.Music.Midi;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Sliders along the latents of an autoencoder, trained here for a moment.</summary>
public sealed class LatentTests(SlidingStudio sliding) : IClassFixture<SlidingStudio>
{
    private readonly OpenStudio studio = sliding.Studio;

    [Fact]
    public async Task Sliders_have_names_and_each_moves_the_music()
    {
        JsonElement models = await studio.Client.GetFromJsonAsync<JsonElement>("/api/models");
        JsonElement model = models.EnumerateArray().Single(known => known.GetProperty("name").GetString() == "sliding");
        Assert.Equal(["temperature", "guard", "quartersPerMinute", "primer", "latent"], model.GetProperty("controls").EnumerateArray().Select(name => name.GetString()));
        JsonElement[] sliders = [.. model.GetProperty("sliders").EnumerateArray()];
        Assert.Contains(sliders, slider => slider.GetProperty("name").GetString() == "Register");
        Assert.Equal(sliders.Length, sliders.Select(slider => slider.GetProperty("component").GetInt32()).Distinct().Count());
        Assert.All(sliders, slider => Assert.Contains(slider.GetProperty("name").GetString()!.Split(' ')[0], new[] { "Density", "Register", "Spread", "Character" }));

        string still = await SketchAsync([]);
        Assert.Equal(still, await SketchAsync([]));
        JsonElement register = sliders.Single(slider => slider.GetProperty("name").GetString() == "Register");
        double low = MeanPitch(await Moved(-2)), high = MeanPitch(await Moved(2));
        Assert.True(high > low + 6, $"to the right it is {high}, to the left {low}");

        Task<string> Moved(int way) => SketchAsync([new { component = register.GetProperty("component").GetInt32(), deviations = way * register.GetProperty("sign").GetInt32() }]);
    }

    [Fact]
    public async Task A_piece_is_the_music_of_its_sketch()
    {
        object request = new { model = "sliding", seed = 5, bars = 8, latent = new { source = "chance", slides = new[] { new { component = 1, deviations = 1.5 } } } };
        string sketch = await NotesAsync(await studio.Client.PostAsJsonAsync("/api/sketches", request));
        JsonElement piece = await studio.FinishAsync(request);
        Assert.Equal("done", piece.State());
        Assert.Equal(sketch, await NotesAsync(await studio.Client.GetAsync($"/api/compositions/{piece.Id()}/score")));
    }

    [Fact]
    public async Task The_way_between_two_pieces_begins_at_one_and_ends_at_the_other()
    {
        string a = await BringAsync(0), b = await BringAsync(11);
        string[] points = new string[3];
        for (int i = 0; i < 3; i++) points[i] = await SketchAsync([], new { id = a }, new { id = b }, i / 2f);
        Assert.True(points.Distinct().Count() == 3, string.Join("\n", points.Select(point => point[..Math.Min(150, point.Length)])));
        Assert.Equal(await SketchAsync([], new { id = a }), points[0]);
        Assert.Equal(await SketchAsync([], new { id = b }), points[2]);

        JsonElement whole = await studio.FinishAsync(new { model = "sliding", bars = 20, primer = new { id = a }, latent = new { towards = new { id = b } } });
        Assert.Equal("done", whole.State());
        Assert.InRange(whole.GetProperty("seconds").GetDouble(), 16 * 2.4 - 1, 20 * 2.4 + 1); // five windows of four bars at the usual tempo
    }

    [Theory]
    [InlineData("""{"model": "sliding", "bars": 33}""")]
    [InlineData("""{"model": "built-in", "bars": 4}""")]
    [InlineData("""{"bars": 4}""")]
    [InlineData("""{"model": "sliding", "bars": 4, "latent": {"slides": [{"component": 0, "deviations": 1}]}}""")]
    [InlineData("""{"model": "sliding", "bars": 4, "latent": {"slides": [{"component": 99, "deviations": 1}]}}""")]
    [InlineData("""{"model": "sliding", "bars": 4, "latent": {"slides": [{"component": 1, "deviations": 1e9}]}}""")]
    [InlineData("""{"model": "sliding", "bars": 4, "latent": {"share": 2}}""")]
    [InlineData("""{"model": "sliding", "bars": 4, "latent": {"towards": {"id": "00000000000000000000000000000000"}}}""")]
    public async Task What_cannot_be_sketched_is_a_problem(string body)
    {
        HttpResponseMessage response = await studio.Client.PostAsync("/api/sketches", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(string.IsNullOrEmpty((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
    }

    private async Task<string> SketchAsync(object[] slides, object? primer = null, object? towards = null, float? share = null) =>
        await NotesAsync(await studio.Client.PostAsJsonAsync("/api/sketches", new { model = "sliding", seed = 3, bars = 4, primer, latent = new { slides, towards, share } }));

    private async Task<string> BringAsync(int piece)
    {
        HttpResponseMessage response = await studio.Client.PostAsync("/api/primers", new ByteArrayContent(MidiFile.ToBytes(SlidingStudio.Piece(piece))));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).Id();
    }

    private static async Task<string> NotesAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("notes").ToString();
    }

    private static double MeanPitch(string notes) => JsonDocument.Parse(notes).RootElement.EnumerateArray().Select(value => value.GetInt32()).Chunk(4).Average(note => note[2]);
}
