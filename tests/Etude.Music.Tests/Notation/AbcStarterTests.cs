using Etude.Music.Notation;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Notation;

/// <summary>The starter corpus: it must read without a remark, be piano music, and say where it comes from.</summary>
public sealed class AbcStarterTests
{
    public static TheoryData<string> Pieces => [.. Directory.EnumerateFiles(Folder(), "*.abc").Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_piece_is_right(string file)
    {
        string text = File.ReadAllText(Path.Combine(Folder(), file));
        AbcReading reading = Abc.Read(text, file);
        Assert.Empty(reading.Remarks);
        Assert.Equal(["Right hand", "Left hand"], reading.Score.Tracks.Select(track => track.Name));
        Assert.All(reading.Score.Tracks, track => Assert.InRange(track.Notes.Length, 8, 1000));
        Assert.Equal(2, reading.Score.Texts.Length);
        Assert.Matches("(1[5-8]\\d\\d|1\\dth century)", reading.Score.Texts[1]);
        Assert.Contains("\nN:Public domain.", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_piece_survives_writing_and_the_bars_scheme(string file)
    {
        Score score = Abc.Read(File.ReadAllText(Path.Combine(Folder(), file)), file).Score;
        Score rewritten = Abc.Read(Abc.Write(score)).Score;
        var bars = new BarsOptions().Fit([]);
        Score decoded = bars.Decode(bars.Encode(score).Tokens.AsSpan());
        for (int track = 0; track < 2; track++)
        {
            Assert.Equal(score.Tracks[track].Notes, rewritten.Tracks[track].Notes);
            Assert.Equal(score.Tracks[track].Notes, decoded.Tracks[track].Notes);
        }
        Assert.Equal(score.Meters, rewritten.Meters);
        Assert.Equal(score.Meters, decoded.Meters);
    }

    [Fact]
    public void It_is_small() =>
        Assert.InRange(Directory.EnumerateFiles(Folder()).Sum(path => new FileInfo(path).Length), 1, 40_000);

    private static string Folder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Etude.slnx"))) return Path.Combine(at.FullName, "assets", "starter");
        }
        throw new DirectoryNotFoundException("Run the tests from a checkout of the repository.");
    }
}
