using System.Net;
using System.Threading.RateLimiting;
using Etude.Studio.Compositions;
using Etude.Studio.Corpora;
using Etude.Studio.Hosting;
using Etude.Studio.Library;
using Etude.Studio.Listening;
using Etude.Studio.Models;
using Etude.Studio.Originality;
using Etude.Studio.Primers;
using Etude.Studio.Runs;
using Etude.Studio.Sketches;
using Etude.Studio.Sound;
using Etude.Studio.Storage;

namespace Etude.Studio;

/// <summary>Puts a studio together from its options.</summary>
internal static class StudioHost
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(60); // how long one piece is composed while others wait

    /// <summary>A studio that is ready to start.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="replace">Puts other parts in the place of the usual ones; for tests.</param>
    public static WebApplication Build(StudioOptions options, Action<IServiceCollection>? replace = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.UploadBytes;
            kestrel.Limits.MaxConcurrentConnections = options.RequestsInFlight * 2;
            if (options.Host == "localhost" && options.Port != 0) kestrel.ListenLocalhost(options.Port);
            else kestrel.Listen(options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host), options.Port);
        });
        AddParts(builder.Services, options);
        replace?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<Gate>();
        app.UseRateLimiter();
        app.MapSession();
        app.MapCompositions();
        app.MapSketches();
        app.MapPrimers();
        app.MapModels();
        app.MapLibrary();
        app.MapSound();
        app.MapCorpora();
        app.MapRuns();
        app.MapOriginality();
        app.MapListening();
        app.MapOpenApi();
        app.MapClientFiles();
        return app;
    }

    /// <summary>Runs a studio until it is stopped, and says where it is.</summary>
    public static async Task RunAsync(StudioOptions options, TextWriter console, CancellationToken cancellation)
    {
        await using WebApplication app = Build(options);
        await app.StartAsync(cancellation);
        await console.WriteLineAsync($"""
            The studio is open: {app.Urls.First()}
              pieces  {Path.GetFullPath(options.Data)} ({app.Services.GetRequiredService<IPieceStore>().Description})
              piano   {app.Services.GetRequiredService<SoundRoom>().Description}
            Ctrl-C closes it.
            """);
        if (!Gate.IsLocalName(options.Host))
        {
            await console.WriteLineAsync(options.Token is null
                ? $"Warning: everyone who reaches this computer ({options.Host}) can compose here, and see and delete what is kept. --token asks them for a secret."
                : $"Warning: other computers reach this studio ({options.Host}) with the token. Put it behind https, or the token can be read on the way.");
        }
        await app.WaitForShutdownAsync(cancellation);
    }

    private static void AddParts(IServiceCollection services, StudioOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => PieceStore.Open(options));
        services.AddSingleton<IModelShelf, ModelShelf>();
        services.AddSingleton<PieceFiles>();
        services.AddSingleton<PrimerFiles>();
        services.AddSingleton<SoundRoom>();
        services.AddSingleton<ListeningRoom>();
        services.AddSingleton<OriginalityDesk>();
        services.AddSingleton<RecipeShelf>();
        services.AddSingleton<CorpusFolders>();
        services.AddSingleton<TrainingRoom>();
        services.AddHostedService(provider => provider.GetRequiredService<TrainingRoom>());
        services.AddSingleton<Pieces>();
        services.AddSingleton<Briefs>();
        services.AddSingleton(_ => new Turnstile(options.Cores, Slice));
        services.AddSingleton<SketchDesk>();
        services.AddSingleton<CompositionQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<CompositionQueue>());
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<WarmUp>();
        services.AddExceptionHandler<FaultHandler>();
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi(description => description.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Etude studio";
            document.Info.Description = "Compose piano pieces, hear them, keep them.";
            return Task.CompletedTask;
        }));
        services.ConfigureHttpJsonOptions(json => StudioJson.Configure(json.SerializerOptions));
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => new() { PermitLimit = options.RequestsInFlight }));
        });
    }
}
