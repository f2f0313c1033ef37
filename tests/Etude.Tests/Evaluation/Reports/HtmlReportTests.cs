using System.Text.RegularExpressions;
using System.Xml.Linq;
using Etude.Evaluation;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Reports;
using Etude.Evaluation.Sets;
using static Etude.Tests.Evaluation.Originality.RandomPieces;

namespace Etude.Tests.Evaluation.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void A_page_stands_alone_and_shows_every_set()
    {
        var reference = new PieceSet("human & <old>", [.. Enumerable.Range(0, 8).Select(seed => Piece(seed, notes: 60))]);
        var model = new PieceSet("a model", [.. Enumerable.Range(50, 4).Select(seed => Piece(seed, notes: 60))]);
        var index = CorpusIndex.Build(reference.Pieces.Select((piece, i) => ($"piece {i}", piece)));
        SetReport report = SetComparison.Compare(reference, [model], new SetOptions { Draws = 10 }) with
        {
            Likelihoods = [new Likelihood("a model", new Interval(3.25, 3, 3.5), new Interval(20, 18, 22), 4, 240)],
            Originality = [SetOriginality.Of(model, index), SetOriginality.Of(reference, index)],
        };
        string page = HtmlReport.Of(report, "A < B");

        Assert.Contains("<h1>A &lt; B</h1>", page, StringComparison.Ordinal);
        Assert.Contains("human &amp; &lt;old&gt;, notes shuffled", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("3.25", page, StringComparison.Ordinal);
        Assert.Contains("<td>8<td>8<td>", page, StringComparison.Ordinal); // the reference copies itself, all eight
        Assert.DoesNotMatch("<script|<link|https?://|NaN|∞", page);
        foreach (Match svg in Svg().Matches(page)) XElement.Parse(svg.Value);
        Assert.Equal(2 + report.Sets[0].Metrics.Length, Svg().Count(page));
    }

    [Fact]
    public void Both_rolls_show_the_shared_notes()
    {
        var index = CorpusIndex.Build([("the source", Piece(1))]);
        var piece = Transposed(Change(Piece(1), notes => notes.Skip(100).Take(50)), 3);
        SharedPassage passage = OriginalityReport.Of(piece, index).Resemblance!;
        Assert.Equal(50, passage.SharedNotes);
        string svg = PassagePicture.Draw(piece, passage, index);
        Assert.Equal(2 * 50, XElement.Parse(svg).Elements().Count(element => element.Attribute("fill")?.Value == "#c8571b"));
        Assert.Contains("the source, from bar", svg, StringComparison.Ordinal);
        Assert.Contains("3 semitones lower", svg, StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();
}
