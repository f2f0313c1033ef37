using System.Runtime.InteropServices;

namespace Etude.Evaluation.Benchmark;

/// <summary>Rows of numbers most of which are 0, as the places and values of the others.</summary>
internal sealed class SparseRows
{
    private readonly List<int> _ends = [];
    private readonly List<int> _places = [];
    private readonly List<float> _values = [];

    public int Count => _ends.Count;

    public void Clear()
    {
        _ends.Clear();
        _places.Clear();
        _values.Clear();
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">All its numbers.</param>
    /// <param name="dropout">The chance of each number to be dropped; those that stay grow to make up for it.</param>
    /// <param name="random">Decides; not used where nothing is dropped.</param>
    public void Add(ReadOnlySpan<float> row, float dropout = 0, Random? random = null)
    {
        float kept = 1 / (1 - dropout);
        int place = 0;
        while (true)
        {
            int step = row[place..].IndexOfAnyExcept(0f);
            if (step < 0) break;
            place += step;
            if (dropout == 0 || random!.NextSingle() >= dropout)
            {
                _places.Add(place);
                _values.Add(row[place] * kept);
            }
            place++;
        }
        _ends.Add(_places.Count);
    }

    public ReadOnlySpan<int> PlacesOf(int row) => CollectionsMarshal.AsSpan(_places)[Start(row).._ends[row]];

    public ReadOnlySpan<float> ValuesOf(int row) => CollectionsMarshal.AsSpan(_values)[Start(row).._ends[row]];

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];
}
