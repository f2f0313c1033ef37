using System.CommandLine;
using Etude.Music.Midi;
using Etude.Music.Notation;
using Etude.Music.Scores;
using Etude.Music.Sound;

namespace Etude.Cli;

/// <summary><c>etude render</c>: sound or a picture of a MIDI file.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("input") { Description = "A MIDI file." };
        var output = new Argument<string>("output") { Description = "What to write; its ending says what: .wav (sound), .svg (piano roll) or .musicxml (sheet music)." };
        var soundFont = new Option<string?>("--soundfont") { Description = "An SF2 file. Default: one installed on the system, else Etude's own piano." };
        var command = new Command("render", """
            Turns a MIDI file into sound, a picture or sheet music.

            Examples:
              etude render new.mid new.wav
              etude render new.mid new.svg
            """) { input, output, soundFont };
        command.SetAction((parsed, cancellation) =>
        {
            Score score = MidiFile.Read(parsed.GetValue(input)!).Score;
            string path = parsed.GetValue(output)!;
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".svg":
                    File.WriteAllText(path, PianoRollSvg.Draw(score));
                    break;
                case ".musicxml":
                    MusicXml.Write(score, path);
                    break;
                case ".wav":
                    Terminal.Error(SoundFonts.Locate(parsed.GetValue(soundFont)).Reason);
                    SoundFont font = SoundFonts.Find(parsed.GetValue(soundFont));
                    Wav.Write(path, Renderer.Render(score, font, cancellation: cancellation));
                    break;
                default:
                    throw new ArgumentException($"{path}: the ending says what to write, and must be .wav, .svg or .musicxml.");
            }
            Console.WriteLine(path);
            return Task.FromResult(0);
        });
        return command;
    }
}
