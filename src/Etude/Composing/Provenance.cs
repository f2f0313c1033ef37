using System.Collections.Immutable;
using System.Globalization;

namespace Etude.Composing;

/// <summary>The texts in a composed file that say how to make it again.</summary>
internal static class Provenance
{
    public static ImmutableArray<string> Of(TrainedModel model, ComposeOptions options)
    {
        string version = typeof(Provenance).Assembly.GetName().Version?.ToString(3) ?? "";
        string length = options.Length is { } seconds ? Text($"{seconds.Value} seconds") : Text($"{options.Bars} bars");
        string begin = options switch
        {
            { Gap: { } gap } => Text($"bars {gap.FirstBar} to {gap.LastBar} of a piece of {gap.Score.NoteCount} notes{(gap.Hand is { } hand ? $", {hand} hand" : "")}"),
            { Primer: { } primer } => Text($"{length} after a primer of {primer.NoteCount} notes"),
            _ => $"{length} from nothing",
        };
        string last = options.LastTemperature is { } end ? Text($" to {end}") : "";
        ImmutableArray<string> texts =
        [
            $"Composed by Etude {version}, a computer program",
            $"Model {model.Recipe.Name}, SHA-256 {model.Hash}",
            Text($"Seed {options.Seed}, {begin}, {options.Candidates} candidates"),
            Text($"Temperature {options.Temperature}{last}, top-k {options.TopK}, top-p {options.TopP}, min-p {options.MinP}, repetition {options.Repetition}, guard {OnOff(options.Guard)}, copy guard {OnOff(options.CopyGuard)}, expression {OnOff(options.Expression)}"),
        ];
        return options.Steering == Steering.None ? texts : texts.Add("Asked for " + string.Join(", ", Wishes(options.Steering)));

        static string OnOff(bool value) => value ? "on" : "off";
    }

    private static IEnumerable<string> Wishes(Steering steering)
    {
        if (steering.Style is { } style) yield return $"style {style}";
        if (steering.Key is { } key) yield return steering.KeepsScale ? $"{key}, in its scale" : $"{key}";
        if (steering.Meter is { } meter) yield return $"{meter}";
        if (steering.NotesPerQuarter is { } density) yield return Text($"{density} notes a quarter");
        if (steering.LowestPitch != Steering.None.LowestPitch || steering.HighestPitch != Steering.None.HighestPitch)
            yield return Text($"pitches {steering.LowestPitch} to {steering.HighestPitch}");
        if (steering.Chords.Length > 0) yield return $"chords {string.Join(' ', steering.Chords)}";
        if (!steering.Ends) yield return "an open end";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
