using Etude.Corpora.Fetching;

namespace Etude.Tests.Corpora.Fetching;

public sealed class PageLinksTests
{
    private static string[] Find(string html) => [.. PageLinks.Find(html, new Uri("http://example.org/music/list.html")).Select(link => link.ToString())];

    [Theory]
    [InlineData("<a href=\"a.mid\">", "http://example.org/music/a.mid")]
    [InlineData("<A class=x HREF = '/a.mid' title=\"b\">", "http://example.org/a.mid")]
    [InlineData("<a\n href=../a.mid>x</a>", "http://example.org/a.mid")]
    [InlineData("<a href=\"?file=a&amp;b=1.mid\">", "http://example.org/music/list.html?file=a&b=1.mid")]
    [InlineData("<a href=\"//other.org/a.mid#x\">", "http://other.org/a.mid")]
    [InlineData("<object data='a.mid'></object>", "http://example.org/music/a.mid")]
    [InlineData("<base href='/b/'><a href=a.mid>", "http://example.org/b/a.mid")]
    [InlineData("<!-- <a href=old.mid> --><a href=a.mid>", "http://example.org/music/a.mid")]
    [InlineData("<script>var x = '<a href=old.mid>';</script><a href=a.mid>", "http://example.org/music/a.mid")]
    [InlineData("<a title='see href=old.mid' href=a.mid>", "http://example.org/music/a.mid")]
    [InlineData("<a href=a.mid", "http://example.org/music/a.mid")]
    [InlineData("<a data-href=old.mid href=a.mid><a href=a.mid>", "http://example.org/music/a.mid")]
    public void A_link_is_found(string html, string expected) => Assert.Equal([expected], Find(html));

    [Theory]
    [InlineData("1 < 2 href=a.mid")]
    [InlineData("<a href=\"mailto:someone@example.org\">")]
    [InlineData("<a href=\"javascript:play('a.mid')\">")]
    [InlineData("<a href=\"http://[broken/a.mid\">")]
    [InlineData("<a href=''>")]
    [InlineData("<!-- never closed <a href=a.mid>")]
    public void What_is_none_is_not(string html) => Assert.Empty(Find(html));

    [Fact]
    public void A_great_page_of_rubbish_takes_no_time()
    {
        string rubbish = string.Concat(Enumerable.Repeat("<a href='x =\" << <!- ", 20_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Find(rubbish);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30); // quadratic time would be minutes
    }
}
