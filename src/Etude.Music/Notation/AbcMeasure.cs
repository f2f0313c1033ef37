using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>What stands between two bar lines of one voice, as it is written (repeats not played out).</summary>
internal sealed class AbcMeasure
{
    /// <summary>Units of a quarter note: exact for 256th notes no more, but for 64ths in tuplets of 3, 5, 7 and 9.</summary>
    public const int Quarter = 10_080;

    /// <summary>The notes and rests, one after another.</summary>
    public List<Event> Events { get; } = [];

    /// <summary>The meter that holds; its onset means nothing. None where bars are free.</summary>
    public Meter? Meter { get; set; }

    public List<(long Offset, Tempo Tempo)> Tempos { get; } = [];

    public List<(long Offset, AbcKey Key)> Keys { get; } = [];

    /// <summary>Whether a repeat begins before it.</summary>
    public bool StartsRepeat { get; set; }

    /// <summary>Whether a repeat ends after it.</summary>
    public bool EndsRepeat { get; set; }

    /// <summary>The times through on which it is played; empty for all.</summary>
    public IReadOnlyList<int> Endings { get; set; } = [];

    /// <summary>Where its last bar line stands, 1-based.</summary>
    public (int Line, int Column) Place { get; set; }

    public long Length => Events.Sum(note => note.Length);

    /// <summary>A note, a chord, or a rest (no pitches).</summary>
    /// <param name="Pitches">The pitches; with those that are tied to the next event.</param>
    /// <param name="Length">How long it lasts before the next event, in units.</param>
    public sealed record Event(IReadOnlyList<(int Pitch, bool Tied)> Pitches, long Length);
}
