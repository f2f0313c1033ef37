using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>
/// What an attention layer looks at, prepared once for all queries: an encoder's results after the layer's own projections.
/// </summary>
/// <param name="Keys">What queries are compared with, [batch, positions, units].</param>
/// <param name="Values">What is averaged, [batch, positions, channels].</param>
public readonly record struct AttentionMemory(Tensor Keys, Tensor Values);
