using System.Globalization;
using Etude.Composing;
using Etude.Models;
using Etude.Music.Midi;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.EndToEnd.Tests.CommandLine;

/// <summary>Steers a model of sheets with fresh weights from the command line.</summary>
public sealed class SteeringTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etude-").FullName;

    public SteeringTests()
    {
        SheetOptions sheet = new() { Styles = [new SheetStyle("bach", ["*"]), new SheetStyle("folk", ["*"])] };
        var recipe = new Recipe { Name = "fresh", Representation = sheet, Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(12)] } };
        TokenModel.Create(recipe, sheet.Fit([]), new RandomSource(1)).Save(Path.Combine(_folder, "model"), "# fresh\n");
        MidiFile.Write(
            new Score
            {
                Tracks =
                [
                    new Track { Name = "right", Notes = [.. Enumerable.Range(0, 48).Select(beat => new Note(new Tick(beat * 480), new Tick(480), (byte)(70 + (beat % 7)), (byte)(60 + beat)))] },
                    new Track { Name = "left", Notes = [.. Enumerable.Range(0, 12).Select(bar => new Note(new Tick(bar * 1920), new Tick(1920), (byte)(40 + bar), 50))] },
                ],
            }, Path.Combine(_folder, "given.mid"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_hand_of_some_bars_is_composed_and_nothing_else_changes()
    {
        var (code, output, error) = Generate("--fill", "given.mid", "--bars", "5-8", "--hand", "left");
        Assert.True(code == 0, error);
        Assert.Contains("new.mid", output, StringComparison.Ordinal);
        Score given = Read("given.mid"), made = Read("new.mid");
        Assert.Equal(given.Tracks[0].Notes, made.Tracks[0].Notes);
        Assert.Equal(Outside(given.Tracks[1]), Outside(made.Tracks[1]));
        Assert.NotEqual(given.Tracks[1].Notes, made.Tracks[1].Notes);

        static IEnumerable<Note> Outside(Track track) => track.Notes.Where(note => note.Onset.Value is < 4 * 1920 or >= 8 * 1920);
    }

    [Fact]
    public void Wishes_are_kept()
    {
        var (code, _, error) = Generate("--bars", "6", "--meter", "6/8", "--key", "G major", "--in-scale", "--style", "folk", "--density", "2", "--range", "40-80", "--expression", "off");
        Assert.True(code == 0, error);
        Score made = Read("new.mid");
        Assert.Equal("6/8", Assert.Single(made.Meters).ToString());
        Assert.All(made.NotesInOrder(), note => Assert.Contains(note.Pitch % 12, new[] { 7, 9, 11, 0, 2, 4, 6 }));
        Assert.All(made.NotesInOrder(), note => Assert.InRange(note.Pitch, 40, 80));
        Assert.Single(made.NotesInOrder().Select(note => note.Velocity).Distinct());
        Assert.Contains("Asked for style folk, G major, in its scale, 6/8, 2 notes a quarter, pitches 40 to 80", made.Texts);
    }

    [Theory]
    [InlineData("bach, folk", "--style", "jazz")]
    [InlineData("bars 1 to 12", "--fill", "given.mid", "--bars", "12-13")]
    [InlineData("--bars", "--fill", "given.mid")]
    [InlineData("--fill", "--hand", "left")]
    [InlineData("C major", "--key", "H")]
    [InlineData("Bb7", "--chords", "C X")]
    [InlineData("3/4", "--meter", "waltz")]
    [InlineData("on or off", "--expression", "loud")]
    public void A_mistake_is_answered_with_the_mend(string mend, params string[] arguments)
    {
        var (code, _, error) = Generate(arguments);
        Assert.InRange(code, 1, 2);
        Assert.Contains(mend, error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", error, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Generate(params string[] arguments) =>
        EtudeProcess.Run(_folder, ["generate", "--model", "model", "--seed", 3.ToString(CultureInfo.InvariantCulture), "-o", "new.mid", .. arguments]);

    private Score Read(string file) => MidiFile.Read(Path.Combine(_folder, file)).Score;
}
