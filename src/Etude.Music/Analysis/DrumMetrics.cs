using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>How regular the drums are, as MusPy defines it after MuseGAN (Dong et al. 2018). Only drum parts count.</summary>
public static class DrumMetrics
{
    /// <summary>
    /// Drum onsets that fall on the pattern's places within a quarter note, divided by drum onsets. Duple: the four
    /// sixteenths where the resolution divides by 4, else the two eighths where it divides by 2; triple: the three
    /// triplets where it divides by 3; always the beat itself. NaN without drums.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="triple">The triple pattern; else the duple one.</param>
    public static double DrumInPatternRate(Score score, bool triple)
    {
        int resolution = score.TicksPerQuarter;
        int step = triple
            ? resolution % 3 == 0 ? resolution / 3 : resolution
            : resolution % 4 == 0 ? resolution / 4 : resolution % 2 == 0 ? resolution / 2 : resolution;
        double within = 0, all = 0;
        foreach (Track track in score.Tracks)
        {
            if (!track.IsDrums) continue;
            foreach (Note note in track.Notes)
            {
                all++;
                if (note.Onset.Value % resolution % step == 0) within++;
            }
        }
        return all > 0 ? within / all : double.NaN;
    }

    /// <summary>The larger of the duple and the triple <see cref="DrumInPatternRate"/>; NaN without drums.</summary>
    public static double DrumPatternConsistency(Score score) =>
        Math.Max(DrumInPatternRate(score, triple: false), DrumInPatternRate(score, triple: true));
}
