namespace Etude.Music.Scores;

public sealed partial record Score
{
    /// <summary>
    /// The score with every note's onset and end on the nearest point of a grid (halfway: the later), or of the union
    /// of several: <c>Quantize(4, 6)</c> keeps sixteenths, triplet eighths and triplet sixteenths.
    /// </summary>
    /// <remarks>
    /// A note keeps at least one step of the finest of the grids that its onset lies on. Pedals, tempos, meters and
    /// keys stay where they are. Where <see cref="TicksPerQuarter"/> is no multiple of a grid's steps, its points are
    /// the nearest ticks: <see cref="Rescale"/> first to keep them exact.
    /// </remarks>
    /// <param name="stepsPerQuarter">One or more numbers of steps to the quarter note, each 1 or more.</param>
    /// <exception cref="ArgumentException">No grid is given, or one without steps.</exception>
    public Score Quantize(params ReadOnlySpan<int> stepsPerQuarter)
    {
        int[] grids = [.. stepsPerQuarter];
        if (grids.Length == 0 || grids.Min() < 1) throw new ArgumentException("A grid needs 1 or more steps to the quarter note.", nameof(stepsPerQuarter));
        return this with
        {
            Tracks = [.. Tracks.Select(track => track with { Notes = [.. track.Notes.Select(Move).Order()] })],
        };

        Note Move(Note note)
        {
            int onset = Nearest(note.Onset.Value);
            int end = Math.Max(Nearest(note.End.Value), onset + ShortestStepAt(onset));
            return note with { Onset = new(onset), Duration = new(end - onset) };
        }

        int Nearest(int tick)
        {
            int nearest = int.MaxValue;
            foreach (int steps in grids)
            {
                int point = PointOf(steps, StepOf(steps, tick));
                int gain = Math.Abs((long)nearest - tick).CompareTo(Math.Abs((long)point - tick));
                if (gain > 0 || (gain == 0 && point > nearest)) nearest = point;
            }
            return nearest;
        }

        int ShortestStepAt(int onset)
        {
            int shortest = int.MaxValue;
            foreach (int steps in grids)
            {
                long step = StepOf(steps, onset);
                if (PointOf(steps, step) == onset) shortest = Math.Min(shortest, PointOf(steps, step + 1) - onset);
            }
            return Math.Max(1, shortest);
        }

        long StepOf(int steps, int tick) => ((2L * tick * steps) + TicksPerQuarter) / (2L * TicksPerQuarter);
        int PointOf(int steps, long step) => (int)(((2L * step * TicksPerQuarter) + steps) / (2L * steps));
    }
}
