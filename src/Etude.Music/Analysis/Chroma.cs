using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>How long each pitch class sounds, in ticks; drum parts and the pedal left out.</summary>
internal static class Chroma
{
    /// <summary>The whole score.</summary>
    public static double[] Of(Score score) => Of(score, [0, int.MaxValue])[0];

    /// <summary>Each stretch between two neighbouring boundaries, which ascend.</summary>
    /// <returns>[stretches][12], C first.</returns>
    public static double[][] Of(Score score, ReadOnlySpan<int> boundaries)
    {
        var stretches = new double[Math.Max(0, boundaries.Length - 1)][];
        for (int i = 0; i < stretches.Length; i++) stretches[i] = new double[12];
        foreach (Track track in score.Tracks)
        {
            if (track.IsDrums) continue;
            foreach (Note note in track.Notes)
            {
                int found = boundaries.BinarySearch(note.Onset.Value);
                for (int i = Math.Max(0, found >= 0 ? found : ~found - 1); i < stretches.Length && boundaries[i] < note.End.Value; i++)
                {
                    int ticks = Math.Min(note.End.Value, boundaries[i + 1]) - Math.Max(note.Onset.Value, boundaries[i]);
                    stretches[i][note.Pitch % 12] += Math.Max(0, ticks);
                }
            }
        }
        return stretches;
    }
}
