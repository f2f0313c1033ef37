namespace Etude.Training;

/// <summary>Sums up what a network does over many batches.</summary>
internal sealed class Tally
{
    private double _lossSum;
    private long _correct, _targets;

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

    /// <summary>Forgets everything.</summary>
    public void Clear() => Sums = (0, 0, 0, new long[4]);
}
