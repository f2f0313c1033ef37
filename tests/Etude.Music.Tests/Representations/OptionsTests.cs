using Etude.Music.Representations;
using Etude.Music.Representations.Grids;

namespace Etude.Music.Tests.Representations;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("""{"scheme":"no-such"}""", "note-duration, notes-chords")]
    [InlineData("""{"grid":"12 per quarter"}""", "note-duration, notes-chords")]
    [InlineData("""{"scheme":"bars","grdi":"12 per quarter"}""", "grdi")]
    [InlineData("""{"scheme":"bars","grid":"12 each beat"}""", "12 per quarter")]
    [InlineData("""{"scheme":"bars","grid":"0 per quarter"}""", "12 per quarter")]
    [InlineData("""{"scheme":""", "schemes are")]
    public void What_is_wrong_is_said(string json, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => RepresentationOptions.FromJson(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"scheme":"bars","grid":"10 per second"}""")]
    [InlineData("""{"scheme":"bars","grid":"10 per quarter"}""")]
    [InlineData("""{"scheme":"bars","longestQuarters":9}""")]
    [InlineData("""{"scheme":"bars","velocityBins":65}""")]
    [InlineData("""{"scheme":"note-duration","grid":"10 per second"}""")]
    [InlineData("""{"scheme":"note-duration","longestQuarters":0}""")]
    [InlineData("""{"scheme":"performance","longestShift":0}""")]
    [InlineData("""{"scheme":"performance","velocityBins":0}""")]
    [InlineData("""{"scheme":"grid-chords","mostChords":0}""")]
    public void Impossible_settings_are_refused(string json) => Assert.Throws<ArgumentException>(() => Some.Fit(json, Some.Scores()));

    [Theory]
    [InlineData("note-duration")]
    [InlineData("notes-chords")]
    [InlineData("grid-chords")]
    public void Nothing_can_be_fitted_to_nothing(string scheme) =>
        Assert.Throws<ArgumentException>(() => ((TokenOptions)RepresentationOptions.Default(scheme)).Fit([]));

    [Theory]
    [InlineData("""{"tokens":[]}""")]
    [InlineData("""{"tokens":["a","a"]}""")]
    [InlineData("[1]")]
    [InlineData("no")]
    public void A_broken_vocabulary_is_refused_by_name(string json) =>
        Assert.Contains("my/vocabulary.json", Assert.Throws<FormatException>(() => Vocabulary.FromJson(json, "my/vocabulary.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_grid_reads_what_it_writes()
    {
        Assert.Equal(TimeGrid.PerMeasure(16), TimeGrid.Parse("16 per measure"));
        Assert.Equal("10 per second", TimeGrid.PerSecond(10).ToString());
        Assert.Equal("""{"scheme":"roll","grid":"4 per quarter"}""", new KeyRollOptions { Grid = TimeGrid.PerQuarter(4) }.ToJson().ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal).Replace(": ", ":", StringComparison.Ordinal));
    }
}
