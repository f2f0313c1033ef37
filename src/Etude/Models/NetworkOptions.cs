namespace Etude.Models;

/// <summary>A network as a recipe describes it.</summary>
public sealed record NetworkOptions
{
    /// <summary>The width of the learned row that stands for each token, 1 or more. Default 256.</summary>
    public int Embedding { get; init; } = 256;

    /// <summary>The layers between the input and the last dense layer, which leads to the vocabulary and is added to them.</summary>
    public IReadOnlyList<LayerOptions> Layers { get; init; } = [];
}
