using BenchmarkDotNet.Attributes;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Benchmarks;

/// <summary>A synthetic performance of 50,000 notes, as bytes to notes and back.</summary>
[MemoryDiagnoser]
public class MidiBenchmarks
{
    private const int NoteCount = 50_000;
    private readonly Score score = Performance();
    private byte[] bytes = [];

    [GlobalSetup]
    public void SetUp()
    {
        bytes = MidiFile.ToBytes(score);
        Console.WriteLine($"// {NoteCount} notes, {bytes.Length} bytes");
    }

    [Benchmark]
    public MidiReading Read() => MidiFile.Read(bytes);

    [Benchmark]
    public byte[] Write() => MidiFile.ToBytes(score);

    // Played, not quantized: chords spread by some ticks and a pedal every half bar, so that most deltas differ.
    private static Score Performance()
    {
        var random = new Random(1);
        var notes = Enumerable.Range(0, NoteCount).Select(i => new Note(
            new(i / 4 * 120 + random.Next(90)), new(random.Next(20, 400)), (byte)random.Next(30, 100), (byte)random.Next(1, 128)));
        var pedals = Enumerable.Range(0, NoteCount / 32).Select(i => new Pedal(new(i * 960), new(random.Next(400, 900))));
        Score piano = Score.Piano(notes);
        return piano with { Tracks = [piano.Tracks[0] with { Pedals = [.. pedals] }] };
    }
}
