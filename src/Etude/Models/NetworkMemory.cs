using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>What a <see cref="Sequential"/> remembers between sequences or steps. Zero at the start.</summary>
public sealed class NetworkMemory
{
    private readonly Tensor[][] _layers; // [layer][part of its memory], each [batch, ...]

    internal NetworkMemory(Tensor[][] layers, int batch) => (_layers, Batch) = (layers, batch);

    /// <summary>Sequences side by side.</summary>
    public int Batch { get; }

    /// <summary>All parts, in the order of the layers: what must be saved to go on exactly.</summary>
    public IEnumerable<Tensor> Parts => _layers.SelectMany(parts => parts);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (Tensor[] parts in _layers)
        {
            foreach (Tensor part in parts) part.Data.Clear();
        }
    }

    /// <summary>Forgets one of the sequences, at the start of another piece.</summary>
    /// <param name="lane">Which, 0 to <see cref="Batch"/> - 1.</param>
    public void Clear(int lane)
    {
        foreach (Tensor[] parts in _layers)
        {
            foreach (Tensor part in parts)
            {
                int length = part.Length / Batch;
                part.Data.Slice(lane * length, length).Clear();
            }
        }
    }

    internal Tensor[] OfLayer(int layer) => _layers[layer];
}
