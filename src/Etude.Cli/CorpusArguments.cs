using System.CommandLine;
using Etude.Corpora;

namespace Etude.Cli;

/// <summary>The options by which a command line chooses and divides a corpus; those given go before the recipe's.</summary>
internal sealed class CorpusArguments
{
    private const string Windows = "window";
    private readonly Option<string[]> _select = new("--select") { Description = "Patterns of the files to take, such as \"BeethovenLv*\". Default: all.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Patterns of the files to leave aside.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _meters = new("--meter") { Description = "Keep only pieces that stay in these meters, such as 4/4.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double?> _tempoChange = new("--max-tempo-change") { Description = "Keep only pieces whose tempo strays by at most this share, such as 0.1." };
    private readonly Option<int?> _minimumNotes = new("--min-notes") { Description = "Keep only pieces of at least so many notes. Default: 16." };
    private readonly Option<int?> _maximumNotes = new("--max-notes") { Description = "Keep only pieces of at most so many notes." };
    private readonly Option<bool> _anyInstrument = new("--any-instrument") { Description = "Keep parts that are not for piano too (never drums)." };
    private readonly Option<string?> _split = new("--split") { Description = "Training, validation and test: shares such as 0.8/0.1/0.1, or counts of pieces such as 10/3/3; 'window' measures places within the training pieces, which leaks, to show by how much." };
    private readonly Option<string?> _trainingList = new("--train-list") { Description = "A file that lists the training pieces, one path a line." };
    private readonly Option<string?> _validationList = new("--valid-list") { Description = "A file that lists the held-out pieces." };

    public CorpusArguments(Command command)
    {
        command.Options.Add(_select);
        command.Options.Add(_exclude);
        command.Options.Add(_meters);
        command.Options.Add(_tempoChange);
        command.Options.Add(_minimumNotes);
        command.Options.Add(_maximumNotes);
        command.Options.Add(_anyInstrument);
        command.Options.Add(_split);
        command.Options.Add(_trainingList);
        command.Options.Add(_validationList);
    }

    /// <summary>The recipe's options with those of the command line before them.</summary>
    public CorpusOptions Over(CorpusOptions recipe, ParseResult parsed)
    {
        CorpusOptions options = recipe;
        if (parsed.GetValue(_select) is { Length: > 0 } select) options = options with { Select = select };
        if (parsed.GetValue(_exclude) is { Length: > 0 } exclude) options = options with { Exclude = exclude };
        if (parsed.GetValue(_meters) is { Length: > 0 } meters) options = options with { Meters = meters };
        if (parsed.GetValue(_tempoChange) is { } change) options = options with { MaximumTempoChange = change };
        if (parsed.GetValue(_minimumNotes) is { } fewest) options = options with { MinimumNotes = fewest };
        if (parsed.GetValue(_maximumNotes) is { } most) options = options with { MaximumNotes = most };
        if (parsed.GetValue(_anyInstrument)) options = options with { PianoOnly = false };
        if (parsed.GetValue(_split) is { } split and not Windows) options = options with { Split = ParseSplit(split) };
        if (parsed.GetValue(_trainingList) is { } list)
        {
            options = options with { Split = SplitOptions.Lists(Path.GetFullPath(list), parsed.GetValue(_validationList) is { } held ? Path.GetFullPath(held) : null) };
        }
        return parsed.GetValue(_split) == Windows ? options with { Split = options.Split with { Windows = true } } : options;
    }

    private static SplitOptions ParseSplit(string text)
    {
        string[] parts = text.Split('/');
        var amounts = new double[3];
        bool valid = parts.Length is 2 or 3;
        for (int i = 0; valid && i < parts.Length; i++)
        {
            valid = double.TryParse(parts[i], System.Globalization.CultureInfo.InvariantCulture, out amounts[i]) && amounts[i] >= 0;
        }
        if (!valid) throw new ArgumentException($"--split {text}: write two or three amounts such as 0.9/0.1 (shares) or 10/3/3 (pieces).");
        return amounts.All(double.IsInteger)
            ? SplitOptions.Counts((int)amounts[0], (int)amounts[1], (int)amounts[2])
            : SplitOptions.Shares(amounts[0], amounts[1], amounts[2]);
    }
}
