using System.Net.Http.Json;
using System.Text.Json;
using Etude.Studio;
using Etude.Studio.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>A studio on a free port with a data folder of its own, and a client to ask it.</summary>
internal sealed class OpenStudio : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsData;

    private OpenStudio(WebApplication app, string data, bool ownsData)
    {
        this.app = app;
        Data = data;
        this.ownsData = ownsData;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public string Data { get; }

    public Uri Address => Client.BaseAddress!;

    public T Part<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <param name="models">What composes; a <see cref="PlainShelf"/> where null.</param>
    /// <param name="change">Changes the options; the port and the data folder are set already.</param>
    /// <param name="data">A data folder to take up again; a fresh one where null.</param>
    public static async Task<OpenStudio> StartAsync(IModelShelf? models = null, Func<StudioOptions, StudioOptions>? change = null, string? data = null)
    {
        string folder = data ?? Directory.CreateTempSubdirectory("etude-studio-").FullName;
        StudioOptions options = new() { Port = 0, Data = folder, Runs = Path.Combine(folder, "runs") };
        WebApplication app = StudioHost.Build(change?.Invoke(options) ?? options, services => services.Replace(ServiceDescriptor.Singleton(models ?? new PlainShelf())));
        await app.StartAsync();
        return new OpenStudio(app, folder, data is null);
    }

    public async Task<JsonElement> ComposeAsync(object? request = null)
    {
        HttpResponseMessage response = await Client.PostAsJsonAsync("/api/compositions", request ?? new { });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Composes and waits until it is done.</summary>
    public async Task<JsonElement> FinishAsync(object? request = null) => await WaitAsync((await ComposeAsync(request)).Id());

    public async Task<JsonElement> WaitAsync(string id)
    {
        for (int i = 0; i < 600; i++)
        {
            JsonElement piece = await Client.GetFromJsonAsync<JsonElement>($"/api/compositions/{id}");
            if (piece.State() is not ("waiting" or "composing")) return piece;
            await Task.Delay(20);
        }
        throw new TimeoutException($"Piece {id} is not done after 12 s.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsData) Directory.Delete(Data, recursive: true);
    }
}
