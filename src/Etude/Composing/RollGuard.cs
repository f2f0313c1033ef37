namespace Etude.Composing;

/// <summary>
/// Keeps a roll from falling silent, standing still or going round in a loop: when nothing has sounded, or nothing has
/// changed, for eight quarters, or a stretch has sounded four times on end, another cell than those is set.
/// </summary>
internal sealed class RollGuard(int width, double stepsPerQuarter)
{
    private const double LongestQuarters = 8;
    private const int Turns = 4;
    private readonly int _longest = Math.Max(1, (int)Math.Round(LongestQuarters * stepsPerQuarter));
    private readonly List<float[]> _steps = [];
    private readonly List<int> _runs = []; // by period: steps in a row that equal the one a period earlier
    private int _silent;

    /// <summary>How many steps it has changed.</summary>
    public int Interventions { get; private set; }

    /// <summary>Takes note of a step.</summary>
    public void Add(ReadOnlySpan<float> step)
    {
        _silent = step.ContainsAnyExcept(0f) ? 0 : _silent + 1;
        while (_runs.Count <= Math.Min(_longest, _steps.Count)) _runs.Add(0);
        for (int period = 1; period < _runs.Count; period++) _runs[period] = step.SequenceEqual(_steps[^period]) ? _runs[period] + 1 : 0;
        _steps.Add(step.ToArray());
    }

    /// <summary>Changes the cells of a step that would go on too long.</summary>
    /// <param name="cells">[width]: what was drawn.</param>
    /// <param name="logits">[width]: by which the likeliest other cell is found.</param>
    public void Steer(Span<float> cells, ReadOnlySpan<float> logits)
    {
        bool sounds = cells.ContainsAnyExcept(0f);
        if (!sounds && _silent < _longest) return;
        if (sounds && !Repeats(cells)) return;
        int likeliest = -1;
        for (int i = 0; i < width; i++)
        {
            if (cells[i] == 0 && (likeliest < 0 || logits[i] > logits[likeliest])) likeliest = i;
        }
        if (sounds) cells.Clear();
        if (likeliest >= 0) cells[likeliest] = 1;
        Interventions++;
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
