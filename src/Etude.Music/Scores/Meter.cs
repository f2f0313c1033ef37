namespace Etude.Music.Scores;

/// <summary>A time signature that holds from <paramref name="Onset"/> until the next one; bars are counted from there.</summary>
/// <param name="Onset">Where it begins.</param>
/// <param name="Numerator">Beats in a bar, 1 to 255.</param>
/// <param name="Denominator">The note value of a beat: 1, 2, 4, 8, 16, 32 or 64.</param>
public readonly record struct Meter(Tick Onset, int Numerator, int Denominator)
{
    /// <summary>What holds where a file says nothing: 4/4.</summary>
    public static Meter Default => new(Tick.Zero, 4, 4);

    /// <summary>The length of one bar.</summary>
    public Quarter BarQuarters => new(4.0 * Numerator / Denominator);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Numerator}/{Denominator}");
}
