using System.Globalization;
using System.Xml.Linq;
using Etude.Music.Notation;
using Etude.Music.Scores;
using Etude.Music.Tests.Midi;

namespace Etude.Music.Tests.Notation;

public sealed class PianoRollSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // Two hands in C4 to B5, a pick-up, two bars of 3/4 and one pedal; 100 ticks to the quarter note.
    private static readonly Score Piece = new()
    {
        TicksPerQuarter = 100,
        Meters = [new(new(0), 1, 4), new(new(100), 3, 4)],
        Tracks =
        [
            new() { Name = "Right <&\u0001>", Notes = [new(new(0), new(100), 72, 20), new(new(100), new(600), 76, 120)] },
            new() { Name = "left:", Notes = [new(new(100), new(300), 60, 64)], Pedals = [new(new(100), new(300))] },
            new() { IsDrums = true, Notes = [new(new(0), new(9000), 20, 64)] },
        ],
    };

    private static XElement Draw(Score score, PianoRollSvgOptions? options = null) => XDocument.Parse(PianoRollSvg.Draw(score, options)).Root!;

    private static List<XElement> NotePaths(XElement svg) =>
        [.. svg.Elements(Svg + "g").Where(group => group.Attribute("stroke-linejoin") is not null).Elements(Svg + "path")];

    // Where each shape of a path begins, and how wide it is.
    private static List<(double X, double Y, double Width)> Shapes(XElement path) =>
        [.. path.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(shape =>
        {
            string[] numbers = shape.Split(' ', 'h', 'v', 'z');
            return (Number(numbers[0]), Number(numbers[1]), Number(numbers[2]));
        })];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Notes_lie_at_their_time_and_pitch()
    {
        XElement svg = Draw(Piece, new() { Width = 760, RowHeight = 10 }); // 52 to 752: a pixel a tick
        var notes = NotePaths(svg).SelectMany(Shapes).OrderBy(shape => shape.X).ThenBy(shape => shape.Y).ToList();
        Assert.Equal(3, notes.Count);
        Assert.InRange(notes[0].X, 52, 54);
        Assert.InRange(notes[1].X, 152, 154);
        Assert.InRange(notes[1].Width, 596, 600);
        Assert.Equal(40, notes[0].Y - notes[1].Y, 1); // C5 is four semitones below E5
        Assert.Equal(160, notes[2].Y - notes[1].Y, 1); // C4 is sixteen
    }

    [Fact]
    public void Bars_are_numbered_as_musicians_do_and_octaves_named()
    {
        string[] texts = [.. Draw(Piece).Descendants(Svg + "text").Select(text => text.Value)];
        Assert.Equal(["0", "1", "2", "C4", "C5", "Ped.", "Right <&>", "left"], texts);
    }

    [Fact]
    public void Pedal_and_legend_are_there_only_where_needed()
    {
        Score plain = Piece with { Tracks = [Piece.Tracks[0]] };
        Assert.DoesNotContain(Draw(plain).Descendants(Svg + "text"), text => text.Value is "Ped." or "Right <&>");
        Assert.True(Number(Draw(plain).Attribute("height")!.Value) < Number(Draw(Piece).Attribute("height")!.Value));
    }

    [Fact]
    public void Colours_tell_parts_or_velocities_apart()
    {
        Assert.Equal(2, NotePaths(Draw(Piece)).Select(path => path.Attribute("fill")!.Value).Distinct().Count());
        var byVelocity = NotePaths(Draw(Piece, new() { Colouring = PianoRollColouring.Velocity }));
        Assert.Equal(3, byVelocity.Select(path => path.Attribute("fill")!.Value).Distinct().Count());
    }

    [Fact]
    public void The_title_is_escaped_and_read_out()
    {
        XElement svg = Draw(Piece, new() { Title = "a < b & c" });
        Assert.Equal("a < b & c", svg.Element(Svg + "title")!.Value);
        Assert.Equal("a < b & c", svg.Element(Svg + "text")!.Value);
    }

    [Fact]
    public void Nothing_is_drawn_of_nothing() => Assert.Empty(NotePaths(Draw(new Score())));

    [Fact]
    public void Random_scores_give_well_formed_drawings_without_bad_numbers()
    {
        var random = new Random(8);
        for (int i = 0; i < 20; i++)
        {
            Score score = RandomScores.Next(random, maximumTracks: 6);
            string svg = PianoRollSvg.Draw(score, new() { Width = random.Next(200, 3000), RowHeight = random.Next(2, 12) });
            XDocument.Parse(svg);
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("--", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_note_takes_few_bytes_and_a_long_piece_no_more_lines_than_pixels()
    {
        var notes = Enumerable.Range(0, 10_000).Select(i => new Note(new(i * 200), new(100), (byte)(40 + i % 40), 64));
        string svg = PianoRollSvg.Draw(Score.Piano(notes, ticksPerQuarter: 10));
        Assert.InRange(svg.Length, 10_000, 350_000);
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PianoRollSvg.Draw(Piece, new() { Width = 100 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PianoRollSvg.Draw(Piece, new() { RowHeight = 1 }));
    }
}
