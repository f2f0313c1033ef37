namespace Etude.Models.Rolls;

/// <summary>Layers of long short-term memory and, after them, dense layers to the cells: what recurrent networks over rolls are made of.</summary>
public abstract record RecurrentOptions : RollNetworkOptions
{
    /// <summary>The width of each LSTM layer, in order; one or more.</summary>
    public IReadOnlyList<int> Units { get; init; } = [512, 512];

    /// <summary>Dropout between LSTM layers, 0 to below 1. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>The width of a dense layer with ReLU before the last one; 0 for none. Default 0.</summary>
    public int Hidden { get; init; }

    /// <summary>Dropout after that layer, 0 to below 1. Default 0.</summary>
    public float HiddenDropout { get; init; }
}
