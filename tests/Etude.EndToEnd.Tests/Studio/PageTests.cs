using System.Text.Json;
using Etude.Music.Midi;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>The page in a real browser: what page.mjs does there, a test each.</summary>
public sealed class PageTests(PageFixture page, ITestOutputHelper output) : IClassFixture<PageFixture>
{
    [Theory]
    [InlineData("composes and sounds")]
    [InlineData("plays, pauses, seeks and loops")]
    [InlineData("begins from a dropped file")]
    [InlineData("says why a broken file cannot be read")]
    [InlineData("a moved slider steers")]
    [InlineData("sliders move the music")]
    [InlineData("steers, and composes marked bars anew, where the model can")]
    [InlineData("a reload finds the piece under way")]
    [InlineData("shows sheet music")]
    [InlineData("trains and listens only where that can be done")]
    [InlineData("keeps, rates, finds and plays in the library")]
    [InlineData("a link shows the piece to others")]
    [InlineData("fits a phone and jumps nowhere")]
    [InlineData("every control has a name")]
    [InlineData("is light")]
    [InlineData("draws five thousand notes smoothly")]
    public void A_visitor(string check) => output.WriteLine($"{check}: {page.Result(check)} in {page.Seconds(check)} s");

    [Fact]
    public void The_downloaded_file_is_the_piece()
    {
        JsonElement measured = page.Result("downloads");
        Assert.EndsWith("(seed 7).mid", measured.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal(measured.GetProperty("notes").GetInt32(), MidiFile.Read(page.Downloaded, new MidiReadOptions { Strict = true }).Score.NoteCount);
    }
}
