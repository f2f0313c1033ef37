namespace Etude.Music.Scores;

/// <summary>Musical time counted in quarter notes, whatever the resolution or the tempo. A point or a length.</summary>
/// <param name="Value">The number of quarter notes.</param>
public readonly record struct Quarter(double Value) : IComparable<Quarter>
{
    /// <summary>The start of a score, or an empty length.</summary>
    public static Quarter Zero => default;

    /// <inheritdoc/>
    public int CompareTo(Quarter other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Value} quarter notes");

#pragma warning disable CS1591, CA2225 // the operators mean what they mean on double
    public static Quarter operator +(Quarter a, Quarter b) => new(a.Value + b.Value);
    public static Quarter operator -(Quarter a, Quarter b) => new(a.Value - b.Value);
    public static bool operator <(Quarter a, Quarter b) => a.Value < b.Value;
    public static bool operator >(Quarter a, Quarter b) => a.Value > b.Value;
    public static bool operator <=(Quarter a, Quarter b) => a.Value <= b.Value;
    public static bool operator >=(Quarter a, Quarter b) => a.Value >= b.Value;
#pragma warning restore CS1591, CA2225
}
