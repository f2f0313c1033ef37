using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>
/// Divides a piece between the right and the left hand. Two piano parts are the two staves; anything else is split
/// by a point on the keyboard that moves with the music: the cheapest path, found by dynamic programming, where a
/// wide grip and a moving point cost and a gap between the hands pays.
/// </summary>
internal static class MusicXmlHands
{
    private const int LowestSplit = 40, HighestSplit = 80, Splits = HighestSplit - LowestSplit + 1, Middle = 60;

    /// <summary>The notes of the upper and of the lower staff, each in order.</summary>
    public static (List<Note> Right, List<Note> Left) Split(Score score)
    {
        var parts = score.Tracks.Where(track => !track.IsDrums && track.Notes.Length > 0).ToList();
        if (parts.Count == 2 && parts.All(part => part.IsPiano) && Mean(parts[0]) != Mean(parts[1]))
        {
            parts.Sort((a, b) => Mean(b).CompareTo(Mean(a)));
            return ([.. parts[0].Notes], [.. parts[1].Notes]);
        }
        return Split([.. parts.SelectMany(part => part.Notes).Order()], score.TicksPerQuarter);
    }

    private static double Mean(Track track) => track.Notes.Average(note => (double)note.Pitch);

    private static (List<Note> Right, List<Note> Left) Split(List<Note> notes, int ticksPerQuarter)
    {
        List<Note> right = [], left = [];
        var groups = Groups(notes, ticksPerQuarter / 16);
        int[] splits = CheapestPath(groups, notes, ticksPerQuarter);
        for (int i = 0; i < groups.Count; i++)
        {
            for (int n = groups[i].From; n < groups[i].To; n++) (notes[n].Pitch >= splits[i] ? right : left).Add(notes[n]);
        }
        return (right, left);
    }

    // Notes struck together, or rolled so fast that they are one grip.
    private static List<(int From, int To)> Groups(List<Note> notes, int tolerance)
    {
        List<(int From, int To)> groups = [];
        for (int from = 0, to; from < notes.Count; from = to)
        {
            for (to = from + 1; to < notes.Count && notes[to].Onset.Value - notes[from].Onset.Value <= tolerance; to++) { }
            groups.Add((from, to));
        }
        return groups;
    }

    private static int[] CheapestPath(List<(int From, int To)> groups, List<Note> notes, int ticksPerQuarter)
    {
        double[] cost = new double[Splits], next = new double[Splits];
        byte[][] origins = new byte[groups.Count][];
        var held = new List<Note>();
        for (int i = 0; i < groups.Count; i++)
        {
            Tick onset = notes[groups[i].From].Onset;
            held.RemoveAll(note => note.End.Value <= onset.Value + ticksPerQuarter / 8);
            for (int n = groups[i].From; n < groups[i].To; n++) held.Add(notes[n]);
            // After a pause the hands have had time to move.
            double quarters = i == 0 ? 0 : (double)(onset - notes[groups[i - 1].From].Onset).Value / ticksPerQuarter;
            double pace = 0.12 / (1 + quarters);
            origins[i] = new byte[Splits];
            for (int s = 0; s < Splits; s++)
            {
                int best = s;
                for (int from = 0; from < Splits; from++)
                {
                    if (cost[from] + pace * Math.Abs(s - from) < cost[best] + pace * Math.Abs(s - best)) best = from;
                }
                origins[i][s] = (byte)best;
                next[s] = cost[best] + pace * Math.Abs(s - best) + GripCost(held, LowestSplit + s, onset);
            }
            (cost, next) = (next, cost);
        }
        int[] path = new int[groups.Count];
        int at = groups.Count == 0 ? 0 : Enumerable.Range(0, Splits).MinBy(s => cost[s]);
        for (int i = groups.Count - 1; i >= 0; i--)
        {
            path[i] = LowestSplit + at;
            at = origins[i][at];
        }
        return path;
    }

    private static double GripCost(List<Note> held, int split, Tick onset)
    {
        int lowest = 128, highestLeft = -1, lowestRight = 128, highest = -1, leftCount = 0, rightCount = 0;
        foreach (var note in held)
        {
            if (note.Pitch < split)
            {
                (lowest, highestLeft) = (Math.Min(lowest, note.Pitch), Math.Max(highestLeft, note.Pitch));
                leftCount++;
            }
            else
            {
                (lowestRight, highest) = (Math.Min(lowestRight, note.Pitch), Math.Max(highest, note.Pitch));
                rightCount++;
            }
        }
        double cost = 0.03 * Math.Abs(split - Middle) + Stretch(highestLeft - lowest) + Stretch(highest - lowestRight);
        cost += 1.5 * (Math.Max(0, leftCount - 5) + Math.Max(0, rightCount - 5));
        // A split close to a note that begins cuts through a figure.
        foreach (var note in held)
        {
            if (note.Onset >= onset) cost += 0.15 * Math.Max(0, 3 - Math.Abs(note.Pitch + 0.5 - split));
        }
        return cost;
    }

    // An octave lies in the hand, a tenth is a stretch, more is for two hands or for the pedal.
    private static double Stretch(int semitones) =>
        semitones <= 12 ? 0 : semitones <= 16 ? 0.8 * (semitones - 12) : Math.Min(12, 3.2 + 0.5 * (semitones - 16));
}
