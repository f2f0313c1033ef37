using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Blind listening through the API.</summary>
public sealed class ListeningTests
{
    [Fact]
    public async Task A_test_is_drawn_heard_answered_and_counted()
    {
        string human = Path.Combine(Repository.Root, "assets", "starter");
        await using OpenStudio studio = await OpenStudio.StartAsync(change: options => options with { Human = human });
        JsonElement state = await studio.Client.GetFromJsonAsync<JsonElement>("/api/listening");
        Assert.False(state.GetProperty("canBegin").GetBoolean());
        Assert.Contains("keep", state.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await studio.Client.PostAsync("/api/listening", null)).StatusCode);

        for (int i = 0; i < 3; i++)
        {
            JsonElement piece = await studio.FinishAsync(new { bars = 4, seed = i });
            await studio.Client.PatchAsJsonAsync($"/api/compositions/{piece.Id()}", new { kept = true });
        }
        JsonElement test = await (await studio.Client.PostAsync("/api/listening", null)).Content.ReadFromJsonAsync<JsonElement>();
        string id = test.Id();
        int questions = test.GetProperty("questions").GetInt32();
        for (int i = 0; i < questions; i++)
        {
            JsonElement next = test.GetProperty("next");
            int number = next.GetProperty("number").GetInt32();
            bool isPair = next.GetProperty("isPair").GetBoolean();
            string heard = await studio.Client.GetStringAsync($"/api/listening/{id}/questions/{number}/first");
            Assert.DoesNotContain("plain", heard, StringComparison.Ordinal);
            Assert.Equal(isPair ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await studio.Client.GetAsync($"/api/listening/{id}/questions/{number}/second")).StatusCode);
            HttpResponseMessage wrong = await studio.Client.PostAsJsonAsync($"/api/listening/{id}/answers", new { question = number, choice = isPair ? "human" : "first" });
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            test = await (await studio.Client.PostAsJsonAsync($"/api/listening/{id}/answers", new { question = number, choice = isPair ? "second" : "human" })).Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(i + 1, test.GetProperty("answered").GetInt32());
        }
        Assert.False(test.TryGetProperty("next", out _));
        JsonElement results = await studio.Client.GetFromJsonAsync<JsonElement>($"/api/listening/{id}/results");
        Assert.Equal(["People", "plain"], results.EnumerateArray().Select(result => result.GetProperty("set").GetString()!).Order());
        Assert.All(results.EnumerateArray(), result => Assert.Equal(1, result.GetProperty("takenForHuman").GetProperty("value").GetDouble()));
    }
}
