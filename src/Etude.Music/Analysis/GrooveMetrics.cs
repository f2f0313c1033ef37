using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// How alike the rhythms of bars are. A bar's groove is a row of places, 1 where any note begins. All notes of all
/// parts count. Values depend on how many places a bar has (0.957 at 24 a quarter and 0.883 at 4 for the same music),
/// so compare only values of one <c>stepsPerQuarter</c>.
/// </summary>
public static class GrooveMetrics
{
    /// <summary>
    /// MusPy's <c>groove_consistency</c>: 1 minus the mean Hamming distance between neighbouring bars, each distance
    /// divided by the number of places in a bar. Bars are of one length; one bar is counted after the last whole one.
    /// NaN with fewer than two bars.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="barTicks">The length of a bar; by default that of the first meter.</param>
    /// <param name="stepsPerQuarter">
    /// Places a quarter note, onsets rounded to the nearest; by default the score's own ticks, as MusPy counts.
    /// </param>
    public static double GrooveConsistency(Score score, Tick? barTicks = null, int? stepsPerQuarter = null)
    {
        BarGrid grid = new(score, barTicks ?? TextureMetrics.FirstBar(score), stepsPerQuarter ?? score.TicksPerQuarter);
        if (grid.BarCount < 2) return double.NaN;
        long differences = 0;
        for (int bar = 1; bar < grid.BarCount; bar++) differences += grid.Distance(bar - 1, bar);
        return 1 - differences / ((double)grid.Steps * (grid.BarCount - 1));
    }

    /// <summary>
    /// MusDr's grooving pattern similarity GS (Wu and Yang 2020, "The Jazz Transformer on the front line", ISMIR): the
    /// mean over all pairs of bars of 1 minus the share of places that differ. MusDr samples 1,000 pairs where there are
    /// more; here every pair counts, through the number of bars that begin a note at each place. The bars are those up
    /// to the last onset. NaN with fewer than two bars.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="barTicks">The length of a bar; by default that of the first meter.</param>
    /// <param name="stepsPerQuarter">Places a quarter note. Default 4; MusDr's own bars have 64 places.</param>
    public static double GroovingSimilarity(Score score, Tick? barTicks = null, int stepsPerQuarter = 4)
    {
        BarGrid grid = new(score, barTicks ?? TextureMetrics.FirstBar(score), stepsPerQuarter);
        long bars = grid.LastOnsetBar + 1;
        if (bars < 2) return double.NaN;
        double differing = 0;
        foreach (long count in grid.OnsetBarsByStep()) differing += (double)count * (bars - count);
        return 1 - differing / (grid.Steps * (bars * (bars - 1) / 2.0));
    }

    /// <summary>The places at which a note begins, as ascending numbers bar * steps + place.</summary>
    private sealed class BarGrid
    {
        private readonly int[] _places;
        private readonly int[] _barStarts; // index into _places of each bar's first place

        public BarGrid(Score score, Tick barTicks, int stepsPerQuarter)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsPerQuarter);
            ArgumentOutOfRangeException.ThrowIfLessThan(barTicks.Value, 1);
            double stepsPerTick = (double)stepsPerQuarter / score.TicksPerQuarter;
            Steps = Math.Max(1, (int)Math.Round(barTicks.Value * stepsPerTick));
            var places = new SortedSet<int>();
            foreach (Track track in score.Tracks)
            {
                foreach (Note note in track.Notes) places.Add((int)Math.Round(note.Onset.Value * stepsPerTick));
            }
            _places = [.. places];
            int endSteps = (int)Math.Round(Sounding.EndTick(score) * stepsPerTick);
            LastOnsetBar = _places.Length == 0 ? -1 : _places[^1] / Steps;
            BarCount = Math.Max(endSteps / Steps + 1, LastOnsetBar + 1);
            _barStarts = new int[BarCount + 1];
            for (int bar = 0, index = 0; bar <= BarCount; bar++)
            {
                while (index < _places.Length && _places[index] < bar * Steps) index++;
                _barStarts[bar] = index;
            }
        }

        public int Steps { get; }

        public int BarCount { get; }

        public int LastOnsetBar { get; }

        /// <summary>Places that begin a note in one of two bars but not in both.</summary>
        public int Distance(int first, int second)
        {
            var a = _places.AsSpan(_barStarts[first].._barStarts[first + 1]);
            var b = _places.AsSpan(_barStarts[second].._barStarts[second + 1]);
            int shift = (second - first) * Steps, common = 0;
            for (int i = 0, j = 0; i < a.Length && j < b.Length;)
            {
                int difference = a[i] + shift - b[j];
                if (difference == 0) common++;
                if (difference <= 0) i++;
                if (difference >= 0) j++;
            }
            return a.Length + b.Length - 2 * common;
        }

        public long[] OnsetBarsByStep()
        {
            var bars = new long[Steps];
            foreach (int place in _places) bars[place % Steps]++;
            return bars;
        }
    }
}
