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
        string begin = options.Primer is { } primer ? Text($"after a primer of {primer.NoteCount} notes") : "from nothing";
        return
        [
            $"Composed by Etude {version}, a computer program",
            $"Model {model.Recipe.Name}, SHA-256 {model.Hash}",
            Text($"Seed {options.Seed}, {length}, {begin}"),
            Text($"Temperature {options.Temperature}, top-k {options.TopK}, top-p {options.TopP}, min-p {options.MinP}, guard {(options.Guard ? "on" : "off")}"),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
