using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Etude.Composing;
using Etude.Music.Analysis;
using Etude.Music.Scores;
using Etude.Studio.Hosting;

namespace Etude.Studio.Compositions;

/// <summary>What a piece should be like; only for models whose controls list "steering".</summary>
internal sealed record SteeringRequest
{
    [Description("One of the model's styles; absent to leave it to the model.")]
    [StringLength(40)]
    public string? Style { get; init; }

    [Description("The key, such as \"C minor\" or \"Eb major\".")]
    [StringLength(20)]
    public string? Key { get; init; }

    [Description("Strike only notes of the key's scale.")]
    public bool KeepsScale { get; init; }

    [Description("The meter of what is composed, such as \"3/4\".")]
    [StringLength(6)]
    public string? Meter { get; init; }

    [Description("How dense, in notes begun in a quarter note.")]
    [Range(0.25, 16)]
    public double? NotesPerQuarter { get; init; }

    [Description("Come to an end in the last bar, else break off there.")]
    public bool Ends { get; init; } = true;

    /// <exception cref="StudioFault">The key or the meter is none, or keeping to a scale lacks the key.</exception>
    public Steering ToSteering()
    {
        if (KeepsScale && Key is null) throw StudioFault.Invalid("Keeping to the scale needs a key.");
        return new Steering { Style = Style, Key = Key is null ? null : ReadKey(Key), KeepsScale = KeepsScale, Meter = Meter is null ? null : ReadMeter(Meter), NotesPerQuarter = NotesPerQuarter, Ends = Ends };
    }

    private static Key ReadKey(string text)
    {
        try
        {
            return Music.Analysis.Key.Parse(text);
        }
        catch (FormatException fault)
        {
            throw StudioFault.Invalid(fault.Message);
        }
    }

    private static Meter ReadMeter(string text) =>
        text.Split('/') is [var above, var below] && int.TryParse(above, out int numerator) && int.TryParse(below, out int denominator)
        && numerator is >= 1 and <= 24 && denominator is 2 or 4 or 8 or 16
            ? new Meter(Tick.Zero, numerator, denominator)
            : throw StudioFault.Invalid($"'{text}' is no meter: write \"3/4\" or \"6/8\".");
}
