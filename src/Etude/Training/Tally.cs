namespace Etude.Training;

/// <summary>Sums up what a network does over many batches.</summary>
internal sealed class Tally
{
    private double _lossSum;
    private long _correct, _targets;
    private double _nats;
    private long _steps;

    /// <summary>Counts of roll cells: set by the model and in the data, set by the model, set in the data, all; empty for tokens.</summary>
    private readonly long[] _cells = new long[4];

    /// <summary>The mean loss.</summary>
    public double Loss => _lossSum / _targets;

    /// <summary>The share of targets that were right, 0 to 1.</summary>
    public double Accuracy => (double)_correct / _targets;

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _targets == 0;

    /// <summary>All sums, to save and restore.</summary>
    public (double LossSum, long Correct, long Targets, long[] Cells) Sums
    {
        get => (_lossSum, _correct, _targets, [.. _cells]);
        set
        {
            (_lossSum, _correct, _targets) = (value.LossSum, value.Correct, value.Targets);
            value.Cells.CopyTo(_cells, 0);
        }
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <param name="correct">How many targets were right.</param>
    /// <param name="targets">How many there were.</param>
    public void Add(float loss, long correct, long targets)
    {
        _lossSum += (double)loss * targets;
        _correct += correct;
        _targets += targets;
    }

    /// <summary>Counts the cells of a roll.</summary>
    /// <param name="hits">Set by the model and in the data.</param>
    /// <param name="predicted">Set by the model.</param>
    /// <param name="actual">Set in the data.</param>
    /// <param name="all">All cells.</param>
    public void AddCells(long hits, long predicted, long actual, long all)
    {
        _cells[0] += hits;
        _cells[1] += predicted;
        _cells[2] += actual;
        _cells[3] += all;
    }

    /// <summary>Adds likelihoods: -ln of the probability of all cells of some steps, each cell given its own probability.</summary>
    public void AddNats(double nats, long steps)
    {
        _nats += nats;
        _steps += steps;
    }

    /// <summary>The notes that the targets stand for; 0 where that is not known.</summary>
    public long Notes { get; init; }

    /// <summary>The further measures, by name.</summary>
    public IEnumerable<(string Name, double Value)> Figures()
    {
        if (Notes > 0) yield return ("bits_per_note", _lossSum / Math.Log(2) / Notes);
        if (_cells[3] == 0) yield break;
        double precision = (double)_cells[0] / _cells[1], recall = (double)_cells[0] / _cells[2];
        yield return ("precision", precision);
        yield return ("recall", recall);
        yield return ("f1", 2.0 * _cells[0] / (_cells[1] + _cells[2]));
        yield return ("density", (double)_cells[1] / _cells[3]);
        yield return ("target_density", (double)_cells[2] / _cells[3]);
        if (_steps > 0) yield return ("nats_per_step", _nats / _steps);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Sums = (0, 0, 0, new long[4]);
}
