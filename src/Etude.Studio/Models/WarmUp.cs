using System.Diagnostics.CodeAnalysis;
using Etude.Composing;

namespace Etude.Studio.Models;

/// <summary>Composes a bar when the studio opens, so that the first visitor does not wait for loading and compiling.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "made by the service container")]
internal sealed partial class WarmUp(IModelShelf models, ILogger<WarmUp> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => Compose(stoppingToken), CancellationToken.None);

    private void Compose(CancellationToken stopping)
    {
        try
        {
            if (models.List() is [ModelSummary usual, ..]) models.Compose(usual.Name, new ComposeOptions { Bars = 1 }, new Progress<CompositionProgress>(), stopping);
        }
        catch (OperationCanceledException)
        {
            // The studio closes before it has opened.
        }
        catch (Exception fault)
        {
            // Who asks for a piece will be told; the page and the other models work all the same.
            LogCold(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The usual model could not be tried out.")]
    private static partial void LogCold(ILogger logger, Exception fault);
}
