using System.Diagnostics.CodeAnalysis;
using Etude.Studio.Compositions;
using Etude.Studio.Primers;
using Etude.Studio.Storage;

namespace Etude.Studio.Library;

/// <summary>Once an hour, throws away what nobody kept for a week: pieces and the files that were brought for them.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "made by the service container")]
internal sealed class Housekeeping(IPieceStore store, PieceFiles files, PrimerFiles primers, StudioOptions options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer hour = new(TimeSpan.FromHours(1), clock);
        do
        {
            Tidy();
        }
        while (await hour.WaitForNextTickAsync(stoppingToken));
    }

    internal void Tidy()
    {
        DateTimeOffset before = clock.GetUtcNow() - options.UnkeptFor;
        foreach (Piece piece in store.UnkeptBefore(before))
        {
            if (piece.IsUnfinished) continue;
            store.Delete(piece.Id);
            files.Delete(piece);
        }
        primers.DeleteBefore(before);
    }
}
