using System.Collections.Immutable;

namespace Etude.Composing;

/// <summary>How a model of rolls begins and draws its steps. <see cref="ComposeOptions.TopK"/> limits the cells that a step may set.</summary>
public sealed record RollDrawing
{
    /// <summary>How cells are decided; null: by the threshold for a model of the focal loss, else by toss. A model of classes draws one class.</summary>
    public RollDraw? Draw { get; init; }

    /// <summary>The probability above which <see cref="RollDraw.Threshold"/> sets a cell, between 0 and 1; null: the model's.</summary>
    public float? Threshold { get; init; }

    /// <summary>Whether the network's states begin as normal random numbers instead of zeros, where there is no primer. Default false.</summary>
    public bool NormalStates { get; init; }

    /// <summary>Pitches, 21 to 108, that sound for a quarter note before the composed part, instead of a primer. Default none.</summary>
    public ImmutableArray<int> Chord { get; init; } = [];
}
