using System.Collections.Immutable;
using System.Diagnostics;
using Etude.Composing;
using Etude.Music.Scores;
using Etude.Studio.Models;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>
/// A composer without a model: broken chords from a seeded generator, at a set pace. It keeps the promises of
/// a composer with a model (same seed, same piece; notes reported in order; the primer first), so that the studio can be
/// tested apart from any model.
/// </summary>
internal sealed class PlainShelf(TimeSpan perBar = default) : IModelShelf
{
    /// <summary>A piece of this seed takes half a second a bar: time enough to see it under way.</summary>
    public const ulong SlowSeed = 256;

    private static readonly string[] Common = ["temperature", "guard", "quartersPerMinute", "primer"];

    private static readonly int[][] Chords = [[57, 60, 64, 69], [53, 60, 65, 69], [55, 59, 62, 67], [52, 59, 64, 68]];

    /// <summary>While set, composing waits before each bar.</summary>
    public ManualResetEventSlim Open { get; } = new(true);

    public IReadOnlyList<ModelSummary> List() =>
    [
        new("plain", "Broken chords, for tests.", "none", [.. Common, "topK", "topP", "minP"]),
        new("sliding", "Broken chords that a slider moves up and down.", "none", [.. Common, "latent"], Sliders: [new LatentSlider(1, "Register", "lower", "higher", 1, 3)]),
        new("sheets", "Broken chords that can be steered and filled.", "none", [.. Common, "topK", "topP", "minP", "repetition", "steering", "gap", "expression"], Styles: ["bach", "ragtime"]),
    ];

    public bool Has(string model) => List().Any(known => known.Name == model);

    /// <summary>What the last piece was asked for.</summary>
    public ComposeOptions? Asked { get; private set; }

    public Composition Compose(string model, ComposeOptions options, IProgress<CompositionProgress> progress, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        Asked = options;
        if (options.Gap is { } gap) return Fill(gap, options, model);
        int up = (int)Math.Round(4 * (options.Latent?.Slides.Sum(slide => slide.Deviations) ?? 0));
        TimeSpan pace = options.Seed == SlowSeed ? TimeSpan.FromSeconds(0.5) : perBar;
        Random random = new((int)(options.Seed % int.MaxValue));
        Score lead = options.Primer?.Rescale(480) ?? new Score();
        int from = lead.NoteCount == 0 ? 0 : (lead.End.Value + 1919) / 1920 * 1920;
        List<Note> notes = [.. lead.NotesInOrder()];
        List<Pedal> pedals = [];
        for (int bar = 0; bar < options.Bars; bar++)
        {
            cancellation.ThrowIfCancellationRequested();
            Open.Wait(cancellation);
            if (pace > TimeSpan.Zero) Task.Delay(pace, cancellation).GetAwaiter().GetResult();
            ImmutableArray<Note> written = Bar(random, from + bar * 1920, up);
            notes.AddRange(written);
            pedals.Add(new Pedal(new(from + bar * 1920), new(1800)));
            progress.Report(new CompositionProgress(written, 480, (bar + 1.0) / options.Bars));
        }
        Score score = Score.Piano(notes) with { Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, options.QuartersPerMinute ?? 100)] };
        return Made(score with { Tracks = [score.Tracks[0] with { Pedals = [.. pedals] }] }, new(from), options, model, Stopwatch.GetElapsedTime(started));
    }

    private static Composition Made(Score score, Tick from, ComposeOptions options, string model, TimeSpan elapsed) => new()
    {
        Score = score,
        ComposedFrom = from,
        Options = options,
        Model = model,
        ModelHash = new string('0', 64),
        GuardInterventions = 0,
        SampledTokens = score.NoteCount,
        NatsPerToken = 1,
        Elapsed = elapsed,
    };

    // The bars of the gap become one high note.
    private static Composition Fill(Gap gap, ComposeOptions options, string model)
    {
        BarMap bars = new(gap.Score);
        Tick from = bars[gap.FirstBar].Onset, to = bars[gap.LastBar].End;
        Track track = gap.Score.Tracks[0];
        Note filled = new(from, to - from, 100, 80);
        return Made(
            gap.Score with { Tracks = [track with { Notes = [.. track.Notes.Where(note => note.Onset < from || note.Onset >= to).Append(filled).Order()] }] },
            from, options, model, TimeSpan.Zero);
    }

    private static ImmutableArray<Note> Bar(Random random, int onset, int up = 0)
    {
        int[] chord = Chords[random.Next(Chords.Length)];
        List<Note> notes = [new(new(onset), new(1800), (byte)(chord[0] - 24), (byte)random.Next(50, 80)), new(new(onset), new(900), (byte)(chord[1] - 12), 55)];
        for (int eighth = 0; eighth < 8; eighth++)
        {
            byte pitch = (byte)(chord[random.Next(chord.Length)] + 12 * random.Next(2));
            notes.Add(new Note(new(onset + eighth * 240), new(random.Next(200, 460)), pitch, (byte)random.Next(40, 110)));
        }
        return [.. notes.Select(note => note with { Pitch = (byte)(note.Pitch + up) }).Order()];
    }
}
