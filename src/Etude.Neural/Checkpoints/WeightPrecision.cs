namespace Etude.Neural.Checkpoints;

/// <summary>How weights are kept in a file.</summary>
public enum WeightPrecision
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>Rounded to the upper half of their bits, in half the room.</summary>
    BFloat16,

    /// <summary>Matrices as 8-bit integers with a scale for each row, in a quarter of the room; the rest as it is.</summary>
    Int8,
}
