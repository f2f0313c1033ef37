using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Etude.Composing;
using Etude.Music.Scores;
using Etude.Studio.Storage;

namespace Etude.Studio.Compositions;

/// <summary>A piece that is waiting or being composed: its notes so far, and those who follow it.</summary>
internal sealed class LiveComposition(Piece piece, string visitor, CancellationToken stopping) : IDisposable
{
    private const double UsualQuartersPerMinute = 100; // as ComposeOptions.QuartersPerMinute says

    private readonly Lock gate = new();
    private readonly List<int> notes = []; // in the form of WireNotes
    private readonly CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Piece piece = piece;
    private ComposeOptions? options;
    private TempoMap? clock;
    private double share;
    private double barSeconds;

    public string Visitor => visitor;

    public CancellationToken Cancellation => cancellation.Token;

    public Piece Piece
    {
        get
        {
            lock (gate) return piece;
        }
    }

    public int NoteCount
    {
        get
        {
            lock (gate) return notes.Count / 4;
        }
    }

    public void Cancel() => cancellation.Cancel();

    /// <summary>Composing begins: the notes that lead are known.</summary>
    public Piece Begin(ComposeOptions request)
    {
        Change(() =>
        {
            options = request;
            double leadSeconds = 0;
            if (request.Primer is { } lead)
            {
                TempoMap time = request.QuartersPerMinute is null ? new TempoMap(lead) : Clock(lead.TicksPerQuarter);
                Add(lead.NotesInOrder(), time);
                leadSeconds = time.ToSeconds(lead.End).Value;
            }
            double quarters = (request.Primer?.Meters[^1] ?? Meter.Default).BarQuarters.Value;
            barSeconds = quarters * 60 / (request.QuartersPerMinute ?? request.Primer?.Tempos[^1].QuartersPerMinute ?? UsualQuartersPerMinute);
            piece = piece with { State = PieceState.Composing, ComposedFromSeconds = leadSeconds };
        });
        return Piece;
    }

    /// <summary>Adds notes as they are settled. Those of a gap are told with the whole piece: alone they make no music.</summary>
    public void Report(CompositionProgress progress) => Change(() =>
    {
        if (options?.Gap is null) Add(progress.NewNotes, clock ??= Clock(progress.TicksPerQuarter));
        share = progress.Share;
    });

    public void Become(Piece next) => Change(() => piece = next);

    /// <summary>
    /// The piece, then its notes from a place on, then each change until it is finished: as server-sent events of the
    /// kinds "piece" and "notes". The id of a "notes" event is the number of notes sent so far.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> Follow(int from, [EnumeratorCancellation] CancellationToken left)
    {
        Piece? told = null;
        while (true)
        {
            List<SseItem<string>> events = [];
            Task next;
            Piece now;
            lock (gate)
            {
                next = changed.Task;
                now = piece;
                if (told != now && now.IsUnfinished) events.Add(Event("piece", now));
                if (from < notes.Count / 4)
                {
                    int[] news = [.. notes.Skip(from * 4)];
                    from = notes.Count / 4;
                    events.Add(Event("notes", new WireNotes(share, barSeconds, news), from));
                }
            }
            if (told != now && !now.IsUnfinished) events.Add(Event("piece", now));
            told = now;
            foreach (SseItem<string> item in events) yield return item;
            if (!now.IsUnfinished) yield break;
            await next.WaitAsync(left);
        }
    }

    public static SseItem<string> Event(string kind, object data, int? id = null) =>
        new(JsonSerializer.Serialize(data, StudioJson.Options), kind) { EventId = id?.ToString(CultureInfo.InvariantCulture) };

    public void Dispose() => cancellation.Dispose();

    // The tempo of what is being composed, by the rules of ComposeOptions.QuartersPerMinute.
    private TempoMap Clock(int ticksPerQuarter)
    {
        Score frame = options?.QuartersPerMinute is null && options?.Primer is { } lead
            ? lead.Rescale(ticksPerQuarter)
            : new Score { Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, options?.QuartersPerMinute ?? UsualQuartersPerMinute)] };
        return new TempoMap(frame with { TicksPerQuarter = ticksPerQuarter });
    }

    private void Add(IEnumerable<Note> added, TempoMap time)
    {
        foreach (Note note in added)
        {
            int onset = Microseconds(note.Onset);
            notes.AddRange([onset, Microseconds(note.End) - onset, note.Pitch, note.Velocity]);
        }

        int Microseconds(Tick tick) => (int)Math.Min(int.MaxValue, Math.Round(time.ToSeconds(tick).Value * 1e6));
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            change();
            before = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        before.SetResult();
    }
}
