namespace Etude.Music.Representations;

/// <summary>A token of a sheet, taken apart.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Value">What it says of that; 0 where there is nothing to say.</param>
public readonly record struct SheetToken(SheetTokenKind Kind, int Value = 0)
{
    /// <summary>Whether it begins a note.</summary>
    public bool IsNote => Kind is SheetTokenKind.Left or SheetTokenKind.Right;
}
