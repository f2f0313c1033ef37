using System.CommandLine;
using Etude.Composing;

namespace Etude.Cli;

/// <summary>How freely pieces are drawn, as the command line says it.</summary>
internal sealed class SamplingArguments
{
    private static readonly ComposeOptions Defaults = new();
    private readonly Option<float> _temperature = new("--temperature") { Description = "Below 1 safer, above 1 bolder.", DefaultValueFactory = _ => Defaults.Temperature };
    private readonly Option<float?> _lastTemperature = new("--last-temperature") { Description = "What the temperature becomes, evenly over the piece. Default: it stays." };
    private readonly Option<int> _topK = new("--top-k") { Description = "Draw from so many likeliest tokens; 0: all.", DefaultValueFactory = _ => Defaults.TopK };
    private readonly Option<float> _topP = new("--top-p") { Description = "Draw from the likeliest tokens that hold this share; 1: all.", DefaultValueFactory = _ => Defaults.TopP };
    private readonly Option<float> _minP = new("--min-p") { Description = "Leave out tokens below this share of the likeliest.", DefaultValueFactory = _ => Defaults.MinP };
    private readonly Option<float> _repetition = new("--repetition") { Description = "How much likelier, in nats, a model with recall takes up its earlier passages, 0 to 4.", DefaultValueFactory = _ => Defaults.Repetition };
    private readonly Option<int> _candidates = new("--candidates") { Description = "Compose so many pieces for each take and keep the best.", DefaultValueFactory = _ => Defaults.Candidates };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_candidates, _temperature, _lastTemperature, _topK, _topP, _minP, _repetition]) command.Add(option);
    }

    public ComposeOptions ApplyTo(ComposeOptions options, ParseResult parsed) => options with
    {
        Temperature = parsed.GetValue(_temperature),
        LastTemperature = parsed.GetValue(_lastTemperature),
        TopK = parsed.GetValue(_topK),
        TopP = parsed.GetValue(_topP),
        MinP = parsed.GetValue(_minP),
        Repetition = parsed.GetValue(_repetition),
        Candidates = parsed.GetValue(_candidates),
    };
}
