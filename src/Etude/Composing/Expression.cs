using System.Collections.Immutable;
using Etude.Composing.Directors;
using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>
/// Plays composed notes with dynamics, small timing and pedal: by rule, since scores that are engraved say nothing of it. No
/// dice: the same notes are always played alike, and notes that were given are left as they are.
/// </summary>
/// <remarks>
/// Loudness is a sum: the melody (the right hand's highest note of its onset) above the bass, the bass above what lies
/// between; the first beat above the others, beats above what falls between them; an arc over each phrase of four bars with its
/// top past the middle; a melody that rises grows; the last two bars fade. Melody notes lead: all others come up to 18
/// milliseconds later (melody lead: Goebl 2001), and end where they are written. The pedal is changed where the chord of the beat
/// changes and left alone where no chord is heard, and in the styles of the harpsichord. The last bar slows down to three
/// quarters of the tempo.
/// </remarks>
internal sealed class Expression
{
    private const int BarsOfPhrase = 4;
    private const double Melody = 10, Bass = 0, Inner = -9;
    private const double FirstBeat = 4, OffBeat = -3;
    private const double Arc = 11, ArcTop = 0.6;
    private const double Contour = 0.3; // for each semitone from the middle of the melody
    private const double Fading = 9;
    private const double LateSeconds = 0.018;
    private const double Slowest = 0.75;
    private static readonly HashSet<string> Unpedalled = ["bach", "handel", "baroque"];

    private readonly NewMusic _music;
    private readonly Score _piece;
    private readonly ImmutableArray<Bar> _bars; // of the composed part
    private readonly double _center;
    private readonly bool _ends;

    private Expression(NewMusic music, Score piece, double center, bool ends)
    {
        (_music, _piece, _center, _ends) = (music, piece, center, ends);
        _bars = [.. new BarMap(piece).Until(music.To).Where(bar => bar.Onset >= music.From)];
    }

    /// <summary>The piece with its composed notes played.</summary>
    /// <param name="music">What was composed.</param>
    /// <param name="given">What was not.</param>
    /// <param name="options">What was asked for.</param>
    public static Score Play(NewMusic music, Score given, ComposeOptions options)
    {
        byte[] velocities = [.. given.NotesInOrder(track => track.IsPiano).Select(note => note.Velocity)];
        double center = velocities.Length == 0 ? 68 : velocities.Average(velocity => velocity);
        if (options.Gap is not null && (velocities.Length == 0 || velocities.Max() - velocities.Min() < 2))
        {
            // What lies around is played evenly: anything else would stand out.
            return music.Map(note => note with { Velocity = (byte)Math.Round(center) }).AddTo(given);
        }
        bool ends = options.Gap is null && options.Steering.Ends;
        var expression = new Expression(music, music.AddTo(given), center, ends);
        bool pedals = options.Gap?.Hand is null && !Unpedalled.Contains(options.Steering.Style ?? "");
        NewMusic played = expression.PlayNotes() with { Pedals = pedals ? expression.PlayPedal() : [] };
        Score piece = played.AddTo(given);
        return ends ? piece with { Tempos = [.. piece.Tempos, .. expression.SlowDown()] } : piece;
    }

    private NewMusic PlayNotes()
    {
        if (_bars.IsEmpty) return _music;
        double middle = _music.Right.IsEmpty ? 0 : _music.Right.Average(note => note.Pitch);
        var tops = _music.Right.GroupBy(note => note.Onset).ToDictionary(chord => chord.Key, chord => chord.Max(note => note.Pitch));
        var basses = _music.Left.GroupBy(note => note.Onset).ToDictionary(chord => chord.Key, chord => chord.Min(note => note.Pitch));
        var time = new TempoMap(_piece);
        return _music with
        {
            Right = [.. _music.Right.Select(note => Played(note, note.Pitch == tops[note.Onset] ? Melody + (Contour * (note.Pitch - middle)) : Inner)).Order()],
            Left = [.. _music.Left.Select(note => Played(note, note.Pitch == basses[note.Onset] ? Bass : Inner)).Order()],
        };

        Note Played(Note note, double voice)
        {
            double velocity = _center + voice + Beat(note.Onset) + Phrase(note.Onset);
            // The melody leads; the softer, the later.
            double late = LateSeconds * Math.Clamp((Melody - voice) / (Melody - Inner), 0, 1);
            Tick onset = time.ToTick(new Second(time.ToSeconds(note.Onset).Value + late));
            onset = Tick.Min(onset, note.Onset + new Tick(note.Duration.Value / 4));
            return new Note(onset, note.End - onset, note.Pitch, (byte)Math.Clamp(Math.Round(velocity), 20, 115));
        }
    }

    private double Beat(Tick onset)
    {
        Bar bar = _bars[BarOf(onset)];
        int beat = BeatTicks(bar.Meter), place = (onset - bar.Onset).Value;
        return place == 0 ? FirstBeat : place % beat == 0 ? 0 : OffBeat;
    }

    private double Phrase(Tick onset)
    {
        int bar = BarOf(onset), first = bar - (bar % BarsOfPhrase), end = Math.Min(first + BarsOfPhrase, _bars.Length);
        double from = _bars[first].Onset.Value, to = _bars[end - 1].End.Value;
        double share = (onset.Value - from) / (to - from);
        double arc = share < ArcTop ? share / ArcTop : (1 - share) / (1 - ArcTop);
        double fade = !_ends ? 0 : Math.Clamp((onset.Value - _bars[Math.Max(0, _bars.Length - 2)].Onset.Value) / (double)(_bars[^1].End - _bars[Math.Max(0, _bars.Length - 2)].Onset).Value, 0, 1);
        return (Arc * ((arc * (2 - arc)) - 0.5)) - (Fading * fade);
    }

    private List<Pedal> PlayPedalOf(Bar bar)
    {
        int beat = BeatTicks(bar.Meter), gap = Math.Max(1, _piece.TicksPerQuarter / 8);
        Score excerpt = _piece.Slice(bar.Onset, bar.End);
        List<Pedal> pedals = [];
        Chord? sounding = null;
        foreach (ChordSpan span in ChordFinder.Find(excerpt, new Tick(beat)))
        {
            if (span.Onset >= bar.Duration) break;
            Tick end = Tick.Min(bar.Duration, span.Onset + span.Duration) + bar.Onset - new Tick(1);
            if (span.Chord is { } chord && chord == sounding && pedals.Count > 0) pedals[^1] = pedals[^1] with { Duration = end - pedals[^1].Onset };
            else if (span.Chord is not null) pedals.Add(new Pedal(bar.Onset + span.Onset + new Tick(gap), end - bar.Onset - span.Onset - new Tick(gap)));
            sounding = span.Chord;
        }
        return pedals;
    }

    private ImmutableArray<Pedal> PlayPedal()
    {
        bool isPedalled = _piece.Tracks.Any(track => track.Pedals.Any(pedal => pedal.Onset < _music.To && pedal.End > _music.From));
        return isPedalled ? [] : [.. _bars.SelectMany(PlayPedalOf).Where(pedal => pedal.Duration.Value > 0)];
    }

    // In the last bar, beat by beat.
    private IEnumerable<Tempo> SlowDown()
    {
        if (_bars.Length < 4) yield break;
        Bar last = _bars[^1];
        double usual = _piece.Tempos[^1].QuartersPerMinute;
        int beat = BeatTicks(last.Meter), beats = Math.Max(1, last.Duration.Value / beat);
        for (int i = 0; i < beats; i++)
        {
            yield return Tempo.FromQuartersPerMinute(last.Onset + new Tick(i * beat), usual * (1 - ((1 - Slowest) * (i + 1) / beats)));
        }
    }

    // Compound meters are felt in threes.
    private int BeatTicks(Meter meter) =>
        Math.Max(1, 4 * _piece.TicksPerQuarter / meter.Denominator * (meter.Denominator >= 8 && meter.Numerator % 3 == 0 ? 3 : 1));

    private int BarOf(Tick onset)
    {
        int bar = 0;
        while (bar + 1 < _bars.Length && _bars[bar + 1].Onset <= onset) bar++;
        return bar;
    }
}
