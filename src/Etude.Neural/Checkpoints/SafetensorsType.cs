namespace Etude.Neural.Checkpoints;

/// <summary>The element types of the safetensors format that Etude reads and writes, under the format's own names.</summary>
public enum SafetensorsType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>The upper half of a 32-bit floating point number.</summary>
    BF16,

    /// <summary>64-bit signed integer.</summary>
    I64,

    /// <summary>32-bit signed integer.</summary>
    I32,

    /// <summary>8-bit unsigned integer.</summary>
    U8,

    /// <summary>8-bit signed integer.</summary>
    I8,
}
