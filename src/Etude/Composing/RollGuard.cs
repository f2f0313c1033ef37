using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;

namespace Etude.Composing;

/// <summary>
/// Keeps a roll from falling silent, standing still, going round in a loop or onto one pitch: when three tenths of the last eight
/// quarters were silent, or nothing has changed for as long, or a stretch has sounded four times on end, a cell that was not set is
/// drawn from the likely ones and set; a pitch that had a third of the latest notes does not begin again.
/// </summary>
internal sealed class RollGuard(RollRepresentation representation, double stepsPerQuarter, RandomSource random)
{
    private const int LatestNotes = 24;
    private const double LargestShare = 1 / 3.0;
    private const int FreeNotes = 4; // of a pitch, however few notes there were
    private const double LongestQuarters = 8;
    private const double MostSilence = 0.3;
    private const int Turns = 4;
    private static readonly ComposeOptions Unfiltered = new() { MinP = 0 };
    private readonly int _longest = Math.Max(1, (int)Math.Round(LongestQuarters * stepsPerQuarter));
    private readonly List<float[]> _steps = [];
    private readonly List<int> _runs = []; // by period: steps in a row that equal the one a period earlier
    private readonly Queue<bool> _sounded = []; // of the last steps
    private readonly Queue<int> _latest = []; // the pitches of the latest notes
    private readonly int[] _counts = new int[Note.HighestPianoPitch + 1]; // of each pitch among them
    private float[] _before = new float[representation.Width];

    /// <summary>How many steps it has changed.</summary>
    public int Interventions { get; private set; }

    /// <summary>Takes note of a step.</summary>
    public void Add(ReadOnlySpan<float> step)
    {
        _sounded.Enqueue(step.ContainsAnyExcept(0f));
        if (_sounded.Count > _longest) _sounded.Dequeue();
        while (_runs.Count <= Math.Min(_longest, _steps.Count)) _runs.Add(0);
        for (int period = 1; period < _runs.Count; period++) _runs[period] = step.SequenceEqual(_steps[^period]) ? _runs[period] + 1 : 0;
        foreach (int pitch in representation.NotesBegun(_before, step))
        {
            _latest.Enqueue(pitch);
            _counts[pitch]++;
            if (_latest.Count > LatestNotes) _counts[_latest.Dequeue()]--;
        }
        _before = step.ToArray();
        _steps.Add(_before);
    }

    /// <summary>Changes the cells of a step that would go on too long.</summary>
    /// <param name="cells">[width]: what was drawn.</param>
    /// <param name="logits">[width]: by which another cell is drawn.</param>
    public void Steer(Span<float> cells, ReadOnlySpan<float> logits)
    {
        bool thinned = Thin(cells), sounds = cells.ContainsAnyExcept(0f);
        if (thinned) Interventions++;
        // At the start some rest is let pass, as long as would be three tenths of all.
        if (!sounds && _sounded.Count(sounded => !sounded) < MostSilence * _longest) return;
        if (sounds && !Repeats(cells)) return;
        int drawn = Draw(cells, logits);
        if (sounds) cells.Clear();
        if (drawn >= 0) cells[drawn] = 1;
        if (!thinned) Interventions++;
    }

    // Takes out the notes that would begin on too common a pitch.
    private bool Thin(Span<float> cells)
    {
        bool thinned = false;
        foreach (int pitch in representation.NotesBegun(_before, cells))
        {
            if (!IsTooCommon(pitch)) continue;
            for (int i = 0; i < cells.Length; i++) cells[i] = representation.PitchOf(i) == pitch ? 0 : cells[i];
            thinned = true;
        }
        return thinned;
    }

    private bool IsTooCommon(int pitch) => _counts[pitch] >= Math.Max(FreeNotes, LargestShare * _latest.Count);

    // One of the cells that are not set, nor of too common a pitch, by its share among them; -1 where there is none.
    private int Draw(ReadOnlySpan<float> cells, ReadOnlySpan<float> logits)
    {
        float[] free = logits.ToArray();
        for (int i = 0; i < free.Length; i++)
        {
            if (cells[i] != 0 || IsTooCommon(representation.PitchOf(i))) free[i] = float.NegativeInfinity;
        }
        return free.All(float.IsNegativeInfinity) ? -1 : Sampler.Draw(free, Unfiltered, random.NextDouble());
    }

    private bool Repeats(ReadOnlySpan<float> cells)
    {
        for (int period = 1; period < _runs.Count; period++)
        {
            if (_runs[period] + period >= Math.Max(Turns * period, _longest) && cells.SequenceEqual(_steps[^period])) return true;
        }
        return false;
    }
}
