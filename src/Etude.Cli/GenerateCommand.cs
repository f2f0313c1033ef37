using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Etude.Composing;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Recipes;

namespace Etude.Cli;

/// <summary><c>etude generate</c>: composes a piece.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "A run or a model folder. Default: the built-in model." };
        var epoch = new Option<string?>("--epoch") { Description = "A kept model of the run by name, such as epoch-0005. Default: best." };
        var primer = new Option<string?>("--primer", "--continue") { Description = "A MIDI file to continue, 'corpus' for a random passage of what the run learned from, 'held-out' for one of what it did not. Default: none." };
        var primerBars = new Option<int?>("--primer-bars") { Description = "How many bars of the primer to use, from its start. Default: all; 4 for 'corpus'." };
        var seconds = new Option<double?>("--seconds") { Description = "Seconds to compose, instead of bars." };
        var tempo = new Option<double?>("--tempo") { Description = "Quarter notes a minute. Default: the primer's, else 100." };
        var seed = new Option<ulong?>("--seed") { Description = "The same seed makes the same piece. Default: a new one." };
        var takes = new Option<int>("--takes") { Description = "How many pieces; the seed counts up.", DefaultValueFactory = _ => 1 };
        var restyle = new Option<string?>("--restyle") { Description = "A MIDI file to give the model's style to: tokens keep its rhythm and bass and choose the other pitches, a model with latents encodes and decodes it." };
        var noGuard = new Option<bool>("--no-guard") { Description = "Let the piece fall into loops and silence." };
        var noCopyGuard = new Option<bool>("--no-copy-guard") { Description = "Let runs of notes stand that the learned corpus has too." };
        var sampling = new SamplingArguments();
        var steering = new SteeringArguments();
        var roll = new RollArguments();
        var output = new Option<string>("--output", "-o") { Description = "The file to write; with several takes, their seeds are put in.", DefaultValueFactory = _ => "etude.mid" };
        var json = new Option<bool>("--json") { Description = "Print what was made as JSON." };
        var command = new Command("generate", """
            Composes a new piece and writes it as a MIDI file.

            Examples:
              etude generate
              etude generate --style chopin --key "A minor" --meter 3/4 --bars 24 --takes 3
              etude generate --continue some.mid --bars 16 --seed 7 -o longer.mid
              etude generate --fill some.mid --bars 9-16 --hand left -o other.mid
              etude generate --model runs/autoencoder --latent average --slide 1:2
              etude generate --model runs/chopin --restyle bach.mid -o bach-as-chopin.mid
            """) { model, epoch, primer, primerBars, seconds, tempo, seed, takes, restyle, noGuard, noCopyGuard, output, json };
        sampling.AddTo(command);
        steering.AddTo(command);
        roll.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            string? folder = parsed.GetValue(model);
            if (parsed.GetValue(epoch) is { } kept)
            {
                folder = Path.Combine(folder ?? throw new ArgumentException("--epoch needs --model with a run."), RunFolder.Models, kept);
            }
            Composer? composer = null;
            ulong first = parsed.GetValue(seed) ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
            for (int take = 0; take < parsed.GetValue(takes); take++)
            {
                ulong taken = first + (ulong)take;
                var options = steering.ApplyTo(sampling.ApplyTo(new ComposeOptions
                {
                    Seed = taken,
                    Length = parsed.GetValue(seconds) is { } time ? new Second(time) : null,
                    Primer = Primers.Find(parsed.GetValue(primer), parsed.GetValue(primerBars), folder, taken),
                    Guard = !parsed.GetValue(noGuard),
                    CopyGuard = !parsed.GetValue(noCopyGuard),
                    QuartersPerMinute = parsed.GetValue(tempo),
                    Rolls = roll.Drawing(parsed),
                    Latent = roll.Latent(parsed, take, parsed.GetValue(takes)),
                }, parsed), parsed);
                options.Validate();
                composer ??= Composer.Load(folder);
                Composition piece = parsed.GetValue(restyle) is { } file
                    ? composer.Restyle(MidiFile.Read(file).Score, options, cancellation)
                    : composer.Compose(options, null, cancellation);
                string path = parsed.GetValue(takes) == 1 ? parsed.GetValue(output)! : Numbered(parsed.GetValue(output)!, taken);
                MidiFile.Write(piece.Score, path);
                Console.WriteLine(parsed.GetValue(json) ? Json(piece, path) : Describe(piece, path));
            }
            return Task.FromResult(0);
        });
        return command;
    }

    private static string Numbered(string path, ulong seed) => Path.Combine(
        Path.GetDirectoryName(path) ?? "",
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}-{seed}{Path.GetExtension(path)}"));

    private static string Describe(Composition piece, string path) => string.Create(CultureInfo.InvariantCulture,
        $"{path}: {piece.Score.NoteCount} notes by {piece.Model}, seed {piece.Options.Seed}, {piece.SampledTokens} tokens in {piece.Elapsed.TotalSeconds:F1} s ({piece.SampledTokens / piece.Elapsed.TotalSeconds:N0} a second)");

    private static string Json(Composition piece, string path) => JsonSerializer.Serialize(
        new
        {
            path,
            notes = piece.Score.NoteCount,
            piece.Model,
            piece.ModelHash,
            piece.Options.Seed,
            piece.SampledTokens,
            piece.NatsPerToken,
            piece.GuardInterventions,
            seconds = piece.Elapsed.TotalSeconds,
        }, RecipeJson.Options);
}
