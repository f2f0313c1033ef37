using System.CommandLine;
using System.Globalization;
using Etude.Composing;
using Etude.Music.Midi;

namespace Etude.Cli;

/// <summary>The options of <c>etude generate</c> that only models of rolls understand.</summary>
internal sealed class RollArguments
{
    private readonly Option<RollDraw?> _draw = new("--draw") { Description = "Rolls: how keys are decided, toss or threshold. Default: as the model's loss suits." };
    private readonly Option<float?> _threshold = new("--threshold") { Description = "Rolls: the probability above which a key sounds." };
    private readonly Option<string?> _states = new("--states") { Description = "Rolls: begin from 'zeros' (the default) or 'normal' random states, where there is no primer." };
    private readonly Option<int[]> _chord = new("--chord") { Description = "Rolls: pitches to begin with, such as 60 64 67.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<LatentSource?> _latent = new("--latent") { Description = "Latents: from the 'piece' (the primer), 'chance' or the 'average'." };
    private readonly Option<string[]> _slides = new("--slide") { Description = "Latents: component:deviations, such as 1:2, along the model's axes (see its latents.json).", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _towards = new("--towards") { Description = "Latents: a MIDI file to move to from the primer." };
    private readonly Option<int?> _ways = new("--interpolations") { Description = "Latents: in how many windows the whole way goes as one piece; with several --takes each is one point of it." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _draw, _threshold, _states, _chord, _latent, _slides, _towards, _ways }) command.Options.Add(option);
    }

    /// <summary>How to draw; null where no option says.</summary>
    public RollDrawing? Drawing(ParseResult parsed)
    {
        string? states = parsed.GetValue(_states);
        if (states is not (null or "zeros" or "normal")) throw new ArgumentException("--states must be zeros or normal.");
        int[] chord = parsed.GetValue(_chord) ?? [];
        if (parsed.GetValue(_draw) is null && parsed.GetValue(_threshold) is null && states is null && chord.Length == 0) return null;
        return new RollDrawing
        {
            Draw = parsed.GetValue(_draw),
            Threshold = parsed.GetValue(_threshold),
            NormalStates = states == "normal",
            Chord = [.. chord],
        };
    }

    /// <summary>Which latents; null where no option says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="take">Which piece of several, from 0.</param>
    /// <param name="takes">How many; several on the way towards another piece are points of it, evenly apart.</param>
    public LatentChoice? Latent(ParseResult parsed, int take, int takes)
    {
        string[] slides = parsed.GetValue(_slides) ?? [];
        string? towards = parsed.GetValue(_towards);
        if (parsed.GetValue(_latent) is null && slides.Length == 0 && towards is null) return null;
        var usual = new LatentChoice();
        return new LatentChoice
        {
            Source = parsed.GetValue(_latent),
            Slides = [.. slides.Select(Slide)],
            Towards = towards is null ? null : MidiFile.Read(towards).Score,
            Steps = parsed.GetValue(_ways) ?? usual.Steps,
            Share = takes > 1 ? take / (takes - 1f) : null,
        };
    }

    private static LatentSlide Slide(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int component)
            && float.TryParse(parts[1], CultureInfo.InvariantCulture, out float deviations)
                ? new LatentSlide(component, deviations)
                : throw new ArgumentException($"--slide {text}: write component:deviations, such as 1:2 or 3:-1.5.");
    }
}
