using Etude.Music.Midi;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;

/// <summary>Scores to try representations on.</summary>
internal static class Some
{
    private static Score[]? _realScores;

    public static Note Note(int onset, int duration, int pitch, int velocity = 80) =>
        new(new Tick(onset), new Tick(duration), (byte)pitch, (byte)velocity);

    /// <summary>Two hands in 3/4 with an upbeat: a melody with triplets, a held bass, a rest, a repeated key, a chord.</summary>
    public static Score Waltz() => new()
    {
        Meters = [new Meter(default, 1, 4), new Meter(new Tick(480), 3, 4), new Meter(new Tick(480 + 4 * 1440), 6, 8)],
        Tempos = [Tempo.Default, new Tempo(new Tick(480 + 2 * 1440), 750_000)],
        Tracks =
        [
            new Track
            {
                Name = "upper",
                Notes =
                [
                    Note(0, 480, 67, 90), Note(480, 160, 72, 100), Note(640, 160, 74), Note(800, 160, 76), Note(960, 480, 76),
                    Note(1440, 480, 76), Note(1920, 1440, 74), Note(1920, 1440, 77), Note(1920, 1440, 79, 127),
                    Note(6240, 240, 84, 1), Note(6480, 120, 83), Note(6600, 120, 81), Note(6720, 720, 79),
                ],
            },
            new Track
            {
                Name = "lower",
                Notes = [Note(480, 1440, 48, 60), Note(960, 480, 55), Note(1440, 480, 55), Note(1920, 1440, 43), Note(6240, 1200, 48), Note(6240, 1200, 52)],
            },
        ],
    };

    /// <summary>Notes anywhere: overlaps, doublings, long and short ones, other instruments, several tempos and meters.</summary>
    public static Score Chaos(int seed)
    {
        var random = new Random(seed);
        int ticksPerQuarter = new[] { 96, 120, 384, 480, 1000 }[seed % 5];
        Track Part(int program, int count) => new()
        {
            Program = program,
            Notes =
            [
                .. Enumerable.Range(0, count).Select(_ => Note(
                    random.Next(40 * ticksPerQuarter), 1 + random.Next(random.Next(1, 12 * ticksPerQuarter)), random.Next(30, 100), random.Next(1, 128))).Order(),
            ],
            Pedals = [new Pedal(new Tick(100), new Tick(700)), new Pedal(new Tick(900), new Tick(50))],
        };
        return new Score
        {
            TicksPerQuarter = ticksPerQuarter,
            Tracks = [Part(0, 120), Part(40, 5), Part(6, 60), Part(0, 20)],
            Tempos = [Tempo.Default, .. Enumerable.Range(1, 5).Select(i => new Tempo(new Tick(i * 7 * ticksPerQuarter + 3), random.Next(200_000, 900_000)))],
            Meters =
            [
                new Meter(default, 3, 4), new Meter(new Tick(7 * ticksPerQuarter), 7, 8), new Meter(new Tick(14 * ticksPerQuarter), 13, 16),
                new Meter(new Tick(20 * ticksPerQuarter), 5, 1), new Meter(new Tick(30 * ticksPerQuarter + 1), 4, 4),
            ],
        };
    }

    public static IEnumerable<Score> Scores() => [Waltz(), .. Enumerable.Range(0, 10).Select(Chaos)];

    /// <summary>Every forty-eighth piece of the real corpus, read once; skips the test where it is absent.</summary>
    public static IReadOnlyList<Score> RealScores()
    {
        string root = SharedData.Require("free-piano");
        return LazyInitializer.EnsureInitialized(ref _realScores, () =>
        [
            .. File.ReadLines(Path.Combine(root, "train.txt")).Where((_, line) => line % 48 == 0)
                .Select(path => MidiFile.Read(Path.Combine(root, path)).Score),
        ]);
    }

    public static TokenRepresentation Fit(string options, IEnumerable<Score> scores) =>
        ((TokenOptions)RepresentationOptions.FromJson(options)).Fit(scores);

    public static RollRepresentation Roll(string options) => ((RollOptions)RepresentationOptions.FromJson(options)).Create();
}
