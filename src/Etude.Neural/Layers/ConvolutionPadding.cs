namespace Etude.Neural.Layers;

/// <summary>How many zeros a convolution over time sees before and after a sequence.</summary>
public enum ConvolutionPadding
{
    /// <summary>None: with stride 1 the result is taps - 1 steps shorter.</summary>
    None,

    /// <summary>taps - 1 before: no step sees a later one.</summary>
    Causal,

    /// <summary>taps - 1 in all, half of them (rounded down) before: each step sees as much on both sides.</summary>
    Centred,
}
