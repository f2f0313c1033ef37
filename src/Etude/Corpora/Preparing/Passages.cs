using Etude.Music.Scores;

namespace Etude.Corpora.Preparing;

/// <summary>
/// The passages of a piece as hashes, by which the same music is known again in another key, edition or file. A passage is eight
/// notes in a row (by onset, then pitch, all parts together) told by the intervals and the time between them, in
/// twelfths of a quarter note.
/// </summary>
/// <param name="Identity">Of all passages in order: equal for pieces that differ only in key, loudness, durations or tempo.</param>
/// <param name="Sample">A fixed half of all distinct passages, the same in every piece, in order of value.</param>
internal readonly record struct Passages(ulong Identity, ulong[] Sample)
{
    private const int Length = 8;
    private const ulong SampleMask = 1;

    public static Passages Of(Score score)
    {
        ulong[] steps = Steps(score);
        ulong identity = (ulong)steps.Length;
        foreach (ulong step in steps) identity = StableHash.Mix(identity ^ step);
        var sample = new List<ulong>(steps.Length / 2);
        for (int start = 0; start + Length - 1 <= steps.Length; start++)
        {
            ulong hash = 0;
            for (int i = start; i < start + Length - 1; i++) hash = (hash ^ steps[i]) * 0x9E3779B97F4A7C15 + (hash >> 29);
            hash = StableHash.Mix(hash);
            if ((hash & SampleMask) == 0) sample.Add(hash);
        }
        sample.Sort();
        int distinct = 0;
        for (int i = 0; i < sample.Count; i++)
        {
            if (i == 0 || sample[i] != sample[i - 1]) sample[distinct++] = sample[i];
        }
        return new Passages(identity, [.. sample[..distinct]]);
    }

    // From each note to the next: the interval and the time, as one number. A pitch doubled by another part counts once.
    private static ulong[] Steps(Score score)
    {
        long[] keys = new long[score.NoteCount];
        int count = 0;
        foreach (Track track in score.Tracks)
        {
            foreach (Note note in track.Notes) keys[count++] = (long)note.Onset.Value << 7 | note.Pitch;
        }
        Array.Sort(keys);
        var steps = new List<ulong>(count);
        for (int i = 1; i < count; i++)
        {
            if (keys[i] == keys[i - 1]) continue;
            long interval = (keys[i] & 127) - (keys[i - 1] & 127);
            long ticks = (keys[i] >> 7) - (keys[i - 1] >> 7);
            long twelfths = (ticks * 24 + score.TicksPerQuarter) / (2 * score.TicksPerQuarter);
            steps.Add((ulong)((interval + 128) << 32 | twelfths));
        }
        return [.. steps];
    }
}
