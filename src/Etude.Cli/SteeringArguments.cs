using System.CommandLine;
using System.Globalization;
using Etude.Composing;
using Etude.Music.Analysis;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Cli;

/// <summary>The options of <c>etude generate</c> that say what a piece should be like, and which of its bars to compose.</summary>
internal sealed class SteeringArguments
{
    private readonly Option<string?> _bars = new("--bars", "--length") { Description = $"How many bars to compose (default {new ComposeOptions().Bars}); with --fill which, such as 9-16." };
    private readonly Option<string?> _fill = new("--fill") { Description = "A MIDI file of which --bars are composed anew; all else in it stays as it is." };
    private readonly Option<string?> _hand = new("--hand") { Description = "With --fill: compose only the left or the right hand anew, to the other." };
    private readonly Option<string?> _style = new("--style") { Description = "A style that the model knows, such as bach or mazurka; an unknown one lists them." };
    private readonly Option<string?> _key = new("--key") { Description = "Such as \"C minor\" or \"Eb major\"." };
    private readonly Option<bool> _inScale = new("--in-scale") { Description = "Strike only notes of the key's scale." };
    private readonly Option<string?> _meter = new("--meter") { Description = "Such as 3/4. Default: the primer's, else the model's choice." };
    private readonly Option<double?> _density = new("--density") { Description = "Notes in a quarter note, such as 3." };
    private readonly Option<string?> _range = new("--range") { Description = "The lowest and highest pitch to strike, such as 36-84." };
    private readonly Option<string?> _chords = new("--chords") { Description = "A chord for each bar, begun anew after the last, such as \"C Am F G7\"." };
    private readonly Option<bool> _open = new("--open-end") { Description = "Break off after the last bar instead of coming to an end." };
    private readonly Option<string> _expression = new("--expression") { Description = "Dynamics, timing and pedal by rule: on or off.", DefaultValueFactory = _ => "on" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _bars, _fill, _hand, _style, _key, _inScale, _meter, _density, _range, _chords, _open, _expression }) command.Options.Add(option);
    }

    /// <summary>The options with what the command line asks for.</summary>
    public ComposeOptions ApplyTo(ComposeOptions options, ParseResult parsed)
    {
        string? bars = parsed.GetValue(_bars), fill = parsed.GetValue(_fill);
        options = options with
        {
            Steering = Steering(parsed),
            Expression = parsed.GetValue(_expression) switch
            {
                "on" => true,
                "off" => false,
                _ => throw new ArgumentException("--expression must be on or off."),
            },
        };
        if (fill is null)
        {
            if (parsed.GetValue(_hand) is not null) throw new ArgumentException("--hand needs --fill with a file: whose hand is to be composed anew?");
            return bars is null ? options : options with { Bars = Number(bars, "--bars must be a number of bars, such as 32; bars such as 9-16 need --fill with a file.") };
        }
        var (first, last) = Pair(bars ?? throw new ArgumentException("--fill needs --bars, such as 9-16."), "--bars must be the first and last bar to fill, such as 9-16.");
        return options with
        {
            Gap = new Gap(MidiFile.Read(fill).Score, first, last)
            {
                Hand = parsed.GetValue(_hand) switch
                {
                    null => null,
                    "left" => Hand.Left,
                    "right" => Hand.Right,
                    _ => throw new ArgumentException("--hand must be left or right."),
                },
            },
        };
    }

    private Steering Steering(ParseResult parsed)
    {
        Steering none = Composing.Steering.None;
        var (lowest, highest) = parsed.GetValue(_range) is { } range
            ? Pair(range, "--range must be the lowest and highest pitch, such as 36-84.")
            : (none.LowestPitch, none.HighestPitch);
        return none with
        {
            Style = parsed.GetValue(_style),
            Key = parsed.GetValue(_key) is { } key ? Key.Parse(key) : null,
            KeepsScale = parsed.GetValue(_inScale),
            Meter = parsed.GetValue(_meter) is { } meter ? MeterOf(meter) : null,
            NotesPerQuarter = parsed.GetValue(_density),
            LowestPitch = lowest,
            HighestPitch = highest,
            Chords = [.. (parsed.GetValue(_chords) ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Chord.Parse)],
            Ends = !parsed.GetValue(_open),
        };
    }

    private static Meter MeterOf(string text)
    {
        const string Fault = "--meter must read like 3/4 or 6/8.";
        string[] parts = text.Split('/');
        if (parts.Length != 2) throw new ArgumentException(Fault);
        return new Meter(Tick.Zero, Number(parts[0], Fault), Number(parts[1], Fault));
    }

    private static (int First, int Last) Pair(string text, string fault)
    {
        string[] parts = text.Split('-');
        int first = Number(parts[0], fault);
        return parts.Length <= 2 ? (first, parts.Length == 2 ? Number(parts[1], fault) : first) : throw new ArgumentException(fault);
    }

    private static int Number(string text, string fault) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException(fault);
}
