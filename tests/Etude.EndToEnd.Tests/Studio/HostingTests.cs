using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>What the studio lets in, and what it says when it does not.</summary>
public sealed class HostingTests
{
    [Theory]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/compositions/00000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("/api/compositions/..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [InlineData("/assets/nothing.js", HttpStatusCode.NotFound)]
    [InlineData("/assets/..%2f..%2fEtude.Studio.dll", HttpStatusCode.NotFound)]
    [InlineData("/api/library?rating=many", HttpStatusCode.BadRequest)]
    public async Task Every_error_is_a_problem(string path, HttpStatusCode status)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        HttpResponseMessage response = await studio.Client.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_page_is_kept_to_itself_by_a_strict_policy()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        HttpResponseMessage response = await studio.Client.GetAsync("/");
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Another_name_for_this_computer_is_refused()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/library");
        request.Headers.Host = "rebound.example";
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await studio.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    public async Task Another_site_cannot_compose_here(string header, string value)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/compositions") { Content = JsonContent.Create(new { }) };
        request.Headers.Add(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, (await studio.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task With_a_token_nothing_of_the_api_answers_without_it()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(change: options => options with { Token = "open sesame" });
        foreach (string path in new[] { "/api/library", "/api/models", "/api/soundfont", "/openapi/v1.json" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await studio.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await studio.Client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await studio.Client.PostAsJsonAsync("/api/session", new { token = "wrong" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Client.PostAsJsonAsync("/api/session", new { token = "open sesame" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await studio.Client.GetAsync("/api/library")).StatusCode);
        using HttpClient program = new() { BaseAddress = studio.Address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", "open sesame");
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/library")).StatusCode);
    }

    [Fact]
    public async Task The_description_tells_each_operation_in_words()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        JsonElement description = await studio.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        JsonElement paths = description.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/compositions/{id}.mid", out _));
        Assert.All(paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()), operation => Assert.True(operation.Value.TryGetProperty("summary", out _), operation.Value.ToString()));
        JsonElement bars = description.GetProperty("components").GetProperty("schemas").GetProperty("CompositionRequest").GetProperty("properties").GetProperty("bars");
        Assert.NotEmpty(bars.GetProperty("description").GetString()!);
    }

    [Fact]
    public async Task Too_many_requests_at_once_are_refused_and_the_rest_served()
    {
        PlainShelf shelf = new();
        shelf.Open.Reset();
        await using OpenStudio studio = await OpenStudio.StartAsync(shelf, options => options with { RequestsInFlight = 2 });
        string id = (await studio.ComposeAsync()).Id();
        using Stream first = await studio.Client.GetStreamAsync($"/api/compositions/{id}/events");
        using Stream second = await studio.Client.GetStreamAsync($"/api/compositions/{id}/events");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await studio.Client.GetAsync("/api/library")).StatusCode);
        shelf.Open.Set();
        await new StreamReader(first).ReadToEndAsync();
        await studio.WaitAsync(id);
    }

    [Fact]
    public async Task The_page_is_sent_compressed_and_its_parts_for_ever()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync();
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"))) Assert.Skip("The page was not built (SkipClient).");
        using HttpRequestMessage request = new(HttpMethod.Get, "/library");
        request.Headers.AcceptEncoding.Add(new("br"));
        HttpResponseMessage page = await studio.Client.SendAsync(request);
        Assert.Equal("br", Assert.Single(page.Content.Headers.ContentEncoding));
        Assert.True(page.Headers.CacheControl!.NoCache);
        string html = await studio.Client.GetStringAsync("/library");
        string script = System.Text.RegularExpressions.Regex.Match(html, "/assets/[^\"]+\\.js").Value;
        HttpResponseMessage part = await studio.Client.GetAsync(script);
        Assert.Equal("text/javascript", part.Content.Headers.ContentType!.MediaType);
        Assert.True(part.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
    }
}
