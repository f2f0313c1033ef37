using Etude.Neural.Tensors;

namespace Etude.Composing;

/// <summary>
/// Keeps a roll from falling silent, standing still or going round in a loop: when three tenths of the last eight quarters were
/// silent, or nothing has changed for as long, or a stretch has sounded four times on end, a cell that was not set is drawn
/// from the likely ones and set.
/// </summary>
internal sealed class RollGuard(int width, double stepsPerQuarter, RandomSource random)
{
    private const double LongestQuarters = 8;
    private const double MostSilence = 0.3;
    private const int Turns = 4;
    private readonly int _longest = Math.Max(1, (int)Math.Round(LongestQuarters * stepsPerQuarter));
    private readonly List<float[]> _steps = [];
    private readonly List<int> _runs = []; // by period: steps in a row that equal the one a period earlier
    private readonly Queue<bool> _sounded = []; // of the last steps

    /// <summary>How many steps it has changed.</summary>
    public int Interventions { get; private set; }

    /// <summary>Takes note of a step.</summary>
    public void Add(ReadOnlySpan<float> step)
    {
        _sounded.Enqueue(step.ContainsAnyExcept(0f));
        if (_sounded.Count > _longest) _sounded.Dequeue();
        while (_runs.Count <= Math.Min(_longest, _steps.Count)) _runs.Add(0);
        for (int period = 1; period < _runs.Count; period++) _runs[period] = step.SequenceEqual(_steps[^period]) ? _runs[period] + 1 : 0;
        _steps.Add(step.ToArray());
    }

    /// <summary>Changes the cells of a step that would go on too long.</summary>
    /// <param name="cells">[width]: what was drawn.</param>
    /// <param name="logits">[width]: by which another cell is drawn.</param>
    public void Steer(Span<float> cells, ReadOnlySpan<float> logits)
    {
        bool sounds = cells.ContainsAnyExcept(0f);
        // At the start some rest is let pass, as long as would be three tenths of all.
        if (!sounds && _sounded.Count(sounded => !sounded) < MostSilence * _longest) return;
        if (sounds && !Repeats(cells)) return;
        int drawn = Draw(cells, logits);
        if (sounds) cells.Clear();
        if (drawn >= 0) cells[drawn] = 1;
        Interventions++;
    }

    // One of the cells that are not set, by its share among them; -1 where all are.
    private int Draw(ReadOnlySpan<float> cells, ReadOnlySpan<float> logits)
    {
        double most = double.NegativeInfinity, total = 0;
        for (int i = 0; i < width; i++) most = cells[i] == 0 ? Math.Max(most, logits[i]) : most;
        for (int i = 0; i < width; i++) total += cells[i] == 0 ? Math.Exp(logits[i] - most) : 0;
        double left = random.NextDouble() * total;
        int drawn = -1;
        for (int i = 0; i < width && left >= 0; i++)
        {
            if (cells[i] != 0 || float.IsNegativeInfinity(logits[i])) continue;
            left -= Math.Exp(logits[i] - most);
            drawn = i;
        }
        return drawn;
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
