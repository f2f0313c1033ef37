using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>What a network remembers between sequences or steps. Zero at the start.</summary>
public sealed class NetworkMemory
{
    private readonly Tensor[][] _layers; // [layer][part of its memory], each [batch, ...]

    internal NetworkMemory(Tensor[][] layers, Tensor? recalled, Tensor? clock, int batch) =>
        (_layers, Recalled, Clock, Batch) = (layers, recalled, clock, batch);

    /// <summary>Sequences side by side.</summary>
    public int Batch { get; }

    /// <summary>All parts, in the order of the layers: what must be saved to go on exactly.</summary>
    public IEnumerable<Tensor> Parts => _layers.SelectMany(parts => parts).Concat(new[] { Recalled, Clock }.OfType<Tensor>());

    /// <summary>What <see cref="Recall"/> remembers, [batch, ...]; null where nothing is recalled.</summary>
    internal Tensor? Recalled { get; }

    /// <summary>What a clock knows of the piece so far, [batch, ...]; null where no layer needs the time.</summary>
    internal Tensor? Clock { get; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (Tensor part in Parts) part.Data.Clear();
    }

    /// <summary>Forgets one of the sequences, at the start of another piece.</summary>
    /// <param name="lane">Which, 0 to <see cref="Batch"/> - 1.</param>
    public void Clear(int lane)
    {
        foreach (Tensor part in Parts)
        {
            int length = part.Length / Batch;
            part.Data.Slice(lane * length, length).Clear();
        }
    }

    internal Tensor[] OfLayer(int layer) => _layers[layer];
}
