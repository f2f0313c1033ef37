using Etude.Corpora.Fetching;

namespace Etude.Tests.Corpora.Fetching;

public sealed class RobotsRulesTests
{
    [Theory]
    [InlineData("", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /", "/a", false)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c.mid", true)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c.mid", false)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.mid$", "/x/y.mid", false)]
    [InlineData("User-agent: *\nDisallow: /*.mid$", "/x/y.mid?z", true)]
    [InlineData("User-agent: *\nDisallow: /*?", "/x?y", false)]
    [InlineData("User-agent: other\nDisallow: /", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: Etude\nDisallow: /b", "/a", true)]
    [InlineData("User-agent: other\nUser-agent: etude\nDisallow: /a", "/a", false)]
    [InlineData("user-AGENT : * # all\nDISALLOW : /a # not this", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /\n", "/robots.txt", true)]
    public void Paths_are_allowed_or_not(string text, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Allows(path));

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: 100000", 60)]
    [InlineData("User-agent: *\nCrawl-delay: soon", 0)]
    public void A_delay_is_read(string text, double seconds) => Assert.Equal(seconds, RobotsRules.Parse(text).Delay.TotalSeconds);
}
