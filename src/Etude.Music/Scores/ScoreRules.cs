namespace Etude.Music.Scores;

/// <summary>What makes a score valid: what the doc comments of its types promise.</summary>
public static class ScoreRules
{
    /// <summary>The latest tick a score may reach, which is the largest number that MIDI can write.</summary>
    public const int LastTick = 0x0FFF_FFFF;

    /// <summary>Names the first rule that a score breaks, or null for a valid score. Linear in the notes.</summary>
    public static string? FirstFault(this Score score)
    {
        if (score.TicksPerQuarter is < 1 or > short.MaxValue) return $"{score.TicksPerQuarter} ticks to the quarter note: 1 to 32,767 are possible";
        if (FaultOfOnsets(score.Tempos.Select(tempo => tempo.Onset), "tempo", fromZero: true) is { } tempoFault) return tempoFault;
        if (FaultOfOnsets(score.Meters.Select(meter => meter.Onset), "time signature", fromZero: true) is { } meterFault) return meterFault;
        if (FaultOfOnsets(score.KeySignatures.Select(key => key.Onset), "key signature", fromZero: false) is { } keyFault) return keyFault;
        foreach (Tempo tempo in score.Tempos)
        {
            if (tempo.MicrosecondsPerQuarter is < 1 or > 0xFFFFFF) return $"a tempo of {tempo.MicrosecondsPerQuarter} microseconds to the quarter note";
        }
        foreach (Meter meter in score.Meters)
        {
            bool isNoteValue = meter.Denominator is >= 1 and <= 64 && int.IsPow2(meter.Denominator);
            if (meter.Numerator is < 1 or > 255 || !isNoteValue) return $"a time signature of {meter}";
        }
        foreach (KeySignature key in score.KeySignatures)
        {
            if (key.Sharps is < -7 or > 7) return $"a key signature of {key.Sharps} sharps";
        }
        for (int i = 0; i < score.Tracks.Length; i++)
        {
            if (FaultOf(score.Tracks[i]) is { } fault) return $"track {i + 1}: {fault}";
        }
        return null;
    }

    private static string? FaultOf(Track track)
    {
        if (track.Program is < 0 or > 127) return $"a program of {track.Program}: 0 to 127 exist";
        Note previous = default;
        foreach (Note note in track.Notes)
        {
            if (note.Pitch > 127 || note.Velocity is < 1 or > 127) return $"a pitch or velocity that MIDI does not have: {note}";
            if (!IsSpan(note.Onset, note.Duration)) return $"a note that is empty or out of time: {note}";
            if (note.CompareTo(previous) < 0) return $"a note out of order: {note}";
            previous = note;
        }
        Tick end = Tick.Zero;
        foreach (Pedal pedal in track.Pedals)
        {
            if (!IsSpan(pedal.Onset, pedal.Duration)) return $"a pedal that is empty or out of time: {pedal}";
            if (pedal.Onset < end) return $"a pedal that begins before the last one ends: {pedal}";
            end = pedal.End;
        }
        return null;
    }

    private static bool IsSpan(Tick onset, Tick duration) =>
        onset >= Tick.Zero && duration > Tick.Zero && (long)onset.Value + duration.Value <= LastTick;

    private static string? FaultOfOnsets(IEnumerable<Tick> onsets, string what, bool fromZero)
    {
        int previous = -1;
        foreach (Tick onset in onsets)
        {
            if (fromZero && previous < 0 && onset != Tick.Zero) return $"the first {what} is not at tick 0";
            if (onset.Value <= previous || onset.Value > LastTick) return $"a {what} out of order at tick {onset.Value}";
            previous = onset.Value;
        }
        return fromZero && previous < 0 ? $"no {what}" : null;
    }
}
