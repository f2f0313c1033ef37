namespace Etude.Music.Notation;

/// <summary>
/// Arranges the notes of one staff in chords and at most two voices. Chords that sound over one another form a
/// cluster; within it neighbours in time take turns between the voices, and the higher ones become the upper voice.
/// Where a third voice would be needed, and where one note only just laps over the next, the held one is shortened.
/// </summary>
internal static class MusicXmlVoices
{
    private const int Sixteenth = MusicXmlGrid.Quarter / 4;

    /// <summary>The chords of a staff in the order of their onsets, each in voice 1 or 2, none over another of its voice.</summary>
    /// <param name="notes">The notes on the grid.</param>
    /// <param name="isPlayed">Whether lengths are a player's, not a writer's, and so say less.</param>
    public static List<MusicXmlChord> Arrange(List<MusicXmlNote> notes, bool isPlayed)
    {
        var chords = Chords(Separate(notes), isPlayed);
        List<MusicXmlChord> cluster = [];
        MusicXmlChord?[] sounding = [null, null];
        foreach (var together in chords)
        {
            int onset = together[0].Onset;
            foreach (ref var chord in sounding.AsSpan())
            {
                if (chord is not null && (chord.End <= onset || LapsOver(chord, onset, isPlayed))) Release(ref chord, onset);
            }
            if (sounding[0] is null && sounding[1] is null) Settle(cluster);
            if (together.Count == 2)
            {
                // Two lengths at once need both voices.
                foreach (ref var chord in sounding.AsSpan()) Release(ref chord, onset);
                Place(together[0], 0);
                Place(together[1], 1);
            }
            else
            {
                if (sounding[0] is not null && sounding[1] is not null)
                {
                    // The one that has less left to sound gives way.
                    int first = sounding[0]!.End <= sounding[1]!.End ? 0 : 1;
                    Release(ref sounding[first], onset);
                }
                Place(together[0], sounding[0] is null ? 0 : 1);
            }
        }
        Settle(cluster);
        var all = chords.SelectMany(together => together).ToList();
        FillGaps(all, isPlayed);
        return all;

        void Place(MusicXmlChord chord, int voice)
        {
            sounding[voice] = chord;
            chord.Voice = voice + 1;
            cluster.Add(chord);
        }
    }

    // A key cannot sound twice at once: what it sounded ends where it is struck again.
    private static List<MusicXmlNote> Separate(List<MusicXmlNote> notes)
    {
        var result = new List<MusicXmlNote>(notes.Count);
        foreach (var key in notes.GroupBy(note => note.Pitch))
        {
            MusicXmlNote[] strikes = [.. key.GroupBy(note => note.Onset).OrderBy(same => same.Key).Select(same => same.MaxBy(note => note.End))];
            for (int i = 0; i < strikes.Length; i++)
                result.Add(i + 1 < strikes.Length ? strikes[i] with { End = Math.Min(strikes[i].End, strikes[i + 1].Onset) } : strikes[i]);
        }
        return result;
    }

    // For each onset one chord, or two of different length, the higher first.
    private static List<List<MusicXmlChord>> Chords(List<MusicXmlNote> notes, bool isPlayed)
    {
        List<List<MusicXmlChord>> result = [];
        foreach (var together in notes.GroupBy(note => note.Onset).OrderBy(group => group.Key))
        {
            var byPitch = together.OrderByDescending(note => note.Pitch).ToList();
            // Lengths that differ by a third and less are one length; of a player's, those that differ by half.
            int shortest = byPitch.Min(note => note.Length), longest = byPitch.Max(note => note.Length);
            if (isPlayed ? longest <= 2 * shortest : 3 * longest <= 4 * shortest)
            {
                result.Add([Chord(byPitch)]);
                continue;
            }
            int cut = BestCut(byPitch);
            result.Add([Chord(byPitch[..cut]), Chord(byPitch[cut..])]);
        }
        return result;

        static MusicXmlChord Chord(List<MusicXmlNote> notes) => new(notes[0].Onset, notes.Min(note => note.End), notes.Select(note => note.Pitch));
    }

    // Between which neighbours to cut, so that the least length is lost by giving each side one length.
    private static int BestCut(List<MusicXmlNote> byPitch)
    {
        return Enumerable.Range(1, byPitch.Count - 1).MinBy(cut => Lost(byPitch[..cut]) + Lost(byPitch[cut..]));

        static int Lost(List<MusicXmlNote> side)
        {
            int end = side.Min(note => note.End);
            return side.Sum(note => note.End - end);
        }
    }

    private static bool LapsOver(MusicXmlChord chord, int onset, bool isPlayed) => chord.Onset < onset
        && (chord.End - onset <= (isPlayed ? Sixteenth : Sixteenth / 2) || (isPlayed ? 3 : 6) * (chord.End - onset) <= chord.Length);

    private static void Release(ref MusicXmlChord? chord, int onset)
    {
        if (chord is not null) chord.End = Math.Min(chord.End, onset);
        chord = null;
    }

    private static void Settle(List<MusicXmlChord> cluster)
    {
        if (cluster.Any(chord => chord.Voice == 2) && Mean(1) < Mean(2))
        {
            foreach (var chord in cluster) chord.Voice = 3 - chord.Voice;
        }
        cluster.Clear();

        double Mean(int voice) => cluster.Where(chord => chord.Voice == voice).SelectMany(chord => chord.Pitches).Average(pitch => (double)pitch);
    }

    // A rest too short to be meant is the way the key was let go.
    private static void FillGaps(List<MusicXmlChord> chords, bool isPlayed)
    {
        foreach (var voice in chords.GroupBy(chord => chord.Voice))
        {
            MusicXmlChord? last = null;
            foreach (var chord in voice)
            {
                int gap = last is null ? 0 : chord.Onset - last.End;
                bool isLetGo = gap < Sixteenth || (isPlayed ? gap <= Sixteenth || 2 * gap <= last!.Length : 6 * gap <= last!.Length);
                if (gap > 0 && isLetGo) last!.End = chord.Onset;
                last = chord;
            }
        }
    }
}
