using Etude.Music.Scores;

namespace Etude.Music.Tests.Midi;

/// <summary>Random valid scores whose tracks all have notes, none inside another of its pitch.</summary>
internal static class RandomScores
{
    public static Score Next(Random random, int maximumTracks = 40)
    {
        int ticksPerQuarter = random.Next(1, 1000);
        return new()
        {
            TicksPerQuarter = ticksPerQuarter,
            Tracks = [.. Many(random, 0, maximumTracks, () => NextTrack(random))],
            Tempos = [.. Onsets(random, fromZero: true).Select(onset => new Tempo(onset, random.Next(1, 0x1000000)))],
            Meters = [.. Onsets(random, fromZero: true).Select(onset => new Meter(onset, random.Next(1, 256), 1 << random.Next(7)))],
            KeySignatures = [.. Onsets(random, fromZero: false).Select(onset => new KeySignature(onset, random.Next(-7, 8), random.Next(2) == 0))],
            Texts = [.. Many(random, 0, 4, () => Text(random))],
        };
    }

    private static Track NextTrack(Random random)
    {
        var notes = new List<Note>();
        var lastEnd = new int[128];
        int onset = 0;
        for (int i = random.Next(1, 60); i > 0; i--)
        {
            onset += random.Next(3) == 0 ? random.Next(300) : 0;
            int pitch = random.Next(60, 66);
            int end = Math.Max(lastEnd[pitch], onset + random.Next(1, 200));
            lastEnd[pitch] = end;
            notes.Add(new(new(onset), new(end - onset), (byte)pitch, (byte)random.Next(1, 128)));
        }
        var pedals = new List<Pedal>();
        int tick = 0;
        for (int i = random.Next(0, 8); i > 0; i--)
        {
            pedals.Add(new(new(tick + (random.Next(2) * random.Next(100))), new(random.Next(1, 100))));
            tick = pedals[^1].End.Value;
        }
        return new()
        {
            Name = Text(random),
            Program = random.Next(128),
            IsDrums = random.Next(8) == 0,
            Notes = [.. notes.Order()],
            Pedals = [.. pedals],
        };
    }

    private static IEnumerable<Tick> Onsets(Random random, bool fromZero)
    {
        int tick = fromZero ? 0 : random.Next(3);
        for (int i = random.Next(fromZero ? 1 : 0, 5); i > 0; i--)
        {
            yield return new(tick);
            tick += random.Next(1, 100_000);
        }
    }

    private static string Text(Random random) => random.Next(4) switch
    {
        0 => "",
        1 => "Étude, op. 10 № 3 🎹",
        _ => new string((char)random.Next('A', 'z'), random.Next(1, 300)),
    };

    private static IEnumerable<T> Many<T>(Random random, int minimum, int maximum, Func<T> next) =>
        Enumerable.Range(0, random.Next(minimum, maximum)).Select(_ => next());
}
