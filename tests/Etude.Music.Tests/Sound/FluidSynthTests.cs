using System.Diagnostics;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

/// <summary>Another program reads our font, and our renderer agrees with it.</summary>
public sealed class FluidSynthTests(PianoFixture piano) : IClassFixture<PianoFixture>
{
    [Fact]
    public void FluidSynth_plays_the_piano_as_we_do()
    {
        int[] keys = [33, 48, 60, 72, 88];
        var score = Score.Piano(keys.Select((key, i) => new Note(new(i * 1920), new(1440), (byte)key, 80)));
        string folder = Directory.CreateTempSubdirectory("etude-fluid-").FullName;
        try
        {
            string font = Path.Combine(folder, "piano.sf2"), midi = Path.Combine(folder, "in.mid"), wav = Path.Combine(folder, "out.wav");
            File.WriteAllBytes(font, piano.Bytes);
            MidiFile.Write(score, midi);
            if (!Run("fluidsynth", "-ni", "-R", "0", "-C", "0", "-g", "1", "-r", "44100", "-F", wav, font, midi)) Assert.Skip("FluidSynth is not installed.");
            var theirs = Wav.Read(wav);
            var ours = Renderer.Render(score, piano.Font, PianoFixture.Dry);
            // FluidSynth starts a buffer late, pans 3 dB lower and lets an envelope fall 96 dB where we let it fall 100.
            for (int i = 0; i < keys.Length; i++)
            {
                for (double time = 0.1; time < 1.4; time += 0.4)
                    Assert.Equal(3, Spectrum.Level(ours, 2 * i + time, 2 * i + time + 0.1) - Spectrum.Level(theirs, 2 * i + time, 2 * i + time + 0.1), 1.5);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(60_000), $"{program} hangs");
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
