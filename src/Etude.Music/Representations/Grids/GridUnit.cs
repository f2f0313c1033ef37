namespace Etude.Music.Representations.Grids;

/// <summary>What a <see cref="TimeGrid"/> divides into steps.</summary>
public enum GridUnit
{
    /// <summary>A quarter note, whatever its tempo.</summary>
    Quarter,

    /// <summary>A second of clock time, as the tempo map lays it out.</summary>
    Second,

    /// <summary>A whole bar of the meter that holds.</summary>
    Measure,
}
