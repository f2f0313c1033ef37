using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Etude.Composing;
using Etude.Music.Scores;
using Etude.Studio.Hosting;
using Etude.Studio.Models;
using Etude.Studio.Storage;

namespace Etude.Studio.Compositions;

/// <summary>
/// Composes what is asked for: in the order it was asked, by turns where many wait, on as many cores as it may use.
/// Pieces that were unfinished when the studio stopped are begun again when it starts.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "made by the service container")]
internal sealed partial class CompositionQueue(
    IPieceStore store, IModelShelf models, PieceFiles files, Briefs briefs, Turnstile turnstile, StudioOptions options, ILogger<CompositionQueue> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, LiveComposition> live = [];
    private readonly Channel<LiveComposition> waiting = Channel.CreateUnbounded<LiveComposition>();
    private readonly SemaphoreSlim underWay = new(options.PiecesUnderWay);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();

    /// <summary>Takes a piece into the queue and remembers it.</summary>
    /// <exception cref="StudioFault">The queue is full, or this visitor has enough in it.</exception>
    public LiveComposition Add(Piece piece, string visitor)
    {
        lock (gate)
        {
            if (live.Count >= options.QueueLength)
                throw new StudioFault(StatusCodes.Status503ServiceUnavailable, "Too many are waiting", "Many people are composing just now. Please try again in a minute.") { RetryAfterSeconds = 30 };
            if (live.Values.Count(other => other.Visitor == visitor) >= options.PiecesPerVisitor)
                throw new StudioFault(StatusCodes.Status429TooManyRequests, "Enough for now", $"You have {options.PiecesPerVisitor} pieces under way. Wait for one to be done.") { RetryAfterSeconds = 5 };
            store.Put(piece);
            return Enqueue(piece, visitor);
        }
    }

    /// <summary>The piece while it is waiting or being composed.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out LiveComposition? composition) => live.TryGetValue(id, out composition);

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.Cancel();
        return base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        stopping.Dispose();
        underWay.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (Piece piece in store.Unfinished())
        {
            if (!live.ContainsKey(piece.Id)) Enqueue(piece with { State = PieceState.Waiting }, "before the restart");
        }
        List<Task> running = [];
        try
        {
            await foreach (LiveComposition next in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await underWay.WaitAsync(stoppingToken);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(Task.Factory.StartNew(() => Run(next), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private LiveComposition Enqueue(Piece piece, string visitor)
    {
        LiveComposition composition = new(piece, visitor, stopping.Token);
        live[piece.Id] = composition;
        waiting.Writer.TryWrite(composition);
        return composition;
    }

    private void Run(LiveComposition composition)
    {
        Piece piece = composition.Piece;
        try
        {
            using Turnstile.Turn turn = turnstile.Enter(composition.Cancellation);
            ComposeOptions request = briefs.Of(piece.Request);
            piece = composition.Begin(request);
            Composition made = models.Compose(piece.Model, request, new Listener(composition, turn, options.Notes), composition.Cancellation);
            Finish(composition, Done(piece, made));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The studio is stopping: the store still says that the piece is unfinished, and the next start takes it up.
            composition.Become(piece with { State = PieceState.Cancelled, Fault = "The studio was stopped; the piece will be composed when it starts again." });
        }
        catch (OperationCanceledException)
        {
            Finish(composition, piece with { State = PieceState.Cancelled, Fault = "Stopped." });
        }
        catch (StudioFault fault)
        {
            Finish(composition, piece with { State = PieceState.Failed, Fault = fault.Message });
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or IOException or KeyNotFoundException or NotSupportedException)
        {
            LogFailed(logger, piece.Id, fault);
            Finish(composition, piece with { State = PieceState.Failed, Fault = fault.Message });
        }
        catch (Exception fault)
        {
            LogFailed(logger, piece.Id, fault);
            Finish(composition, piece with { State = PieceState.Failed, Fault = "The model met a fault of its own; the studio's log has the particulars." });
        }
        finally
        {
            live.TryRemove(piece.Id, out _);
            composition.Dispose();
            underWay.Release();
        }
    }

    private Piece Done(Piece piece, Composition made)
    {
        Score score = made.Score;
        TempoMap map = new(score);
        piece = piece with
        {
            State = PieceState.Done,
            Title = PieceTitle.Of(score, made.Options.Gap is null ? made.ComposedFrom : Tick.Zero),
            ModelHash = made.ModelHash,
            Notes = score.NoteCount,
            Seconds = map.ToSeconds(score.End).Value,
            ComposedFromSeconds = map.ToSeconds(made.ComposedFrom).Value,
            ComposedToSeconds = made.Options.Gap is { } gap && new BarMap(gap.Score)[gap.LastBar].End < score.End ? map.ToSeconds(new BarMap(gap.Score)[gap.LastBar].End).Value : null,
            NatsPerToken = double.IsFinite(made.NatsPerToken) ? made.NatsPerToken : null,
            ComposingSeconds = made.Elapsed.TotalSeconds,
        };
        if (piece.Notes == 0) throw new InvalidOperationException("The model wrote no notes with these settings. Another seed, or more boldness, may help.");
        return piece with { File = files.Write(piece, score) };
    }

    private void Finish(LiveComposition composition, Piece piece)
    {
        // What its owner said of it meanwhile stays.
        if (store.Find(piece.Id) is not { } known) files.Delete(piece);
        else store.Put(piece with { Kept = known.Kept, Rating = known.Rating });
        composition.Become(piece);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Piece {Id} failed.")]
    private static partial void LogFailed(ILogger logger, string id, Exception fault);

    /// <summary>Hands notes on as they are composed, keeps to the turns, and stops what grows without end.</summary>
    private sealed class Listener(LiveComposition composition, Turnstile.Turn turn, int mostNotes) : IProgress<CompositionProgress>
    {
        public void Report(CompositionProgress value)
        {
            composition.Report(value);
            if (composition.NoteCount > mostNotes)
                throw new StudioFault(StatusCodes.Status422UnprocessableEntity, "Too many notes", FormattableString.Invariant($"The piece went past {mostNotes:N0} notes, the most this studio composes."));
            turn.PassOn();
        }
    }
}
