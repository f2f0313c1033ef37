using Etude.Music.Scores;

namespace Etude.Studio.Compositions;

/// <summary>A score as the page draws and plays it: flat lists of whole numbers, in ticks.</summary>
/// <param name="TicksPerQuarter">Ticks that make a quarter note.</param>
/// <param name="Notes">Onset, duration, pitch, velocity of each note of all piano-like parts.</param>
/// <param name="Pedals">Onset and duration of each stretch of sustain pedal.</param>
/// <param name="Tempos">Onset and microseconds a quarter of each tempo.</param>
/// <param name="Meters">Onset, numerator and denominator of each meter.</param>
/// <param name="ComposedFromSeconds">Where the composed part begins.</param>
/// <param name="ComposedToSeconds">Where it ends; absent for the end of the music.</param>
internal sealed record WireScore(int TicksPerQuarter, int[] Notes, int[] Pedals, int[] Tempos, int[] Meters, double ComposedFromSeconds, double? ComposedToSeconds = null)
{
    public static WireScore From(Score score, double composedFromSeconds = 0, double? composedToSeconds = null) => new(
        score.TicksPerQuarter,
        Flatten(score.NotesInOrder(track => !track.IsDrums)),
        [.. score.Tracks.Where(track => !track.IsDrums).SelectMany(track => track.Pedals).OrderBy(pedal => pedal.Onset)
            .SelectMany(pedal => new[] { pedal.Onset.Value, pedal.Duration.Value })],
        [.. score.Tempos.SelectMany(tempo => new[] { tempo.Onset.Value, tempo.MicrosecondsPerQuarter })],
        [.. score.Meters.SelectMany(meter => new[] { meter.Onset.Value, meter.Numerator, meter.Denominator })],
        composedFromSeconds,
        composedToSeconds);

    public static int[] Flatten(IEnumerable<Note> notes) =>
        [.. notes.SelectMany(note => new[] { note.Onset.Value, note.Duration.Value, note.Pitch, note.Velocity })];
}
