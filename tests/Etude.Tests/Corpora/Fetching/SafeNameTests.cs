using Etude.Corpora.Fetching;

namespace Etude.Tests.Corpora.Fetching;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("song.mid", "song.mid")]
    [InlineData("a:b*c?.mid", "a_b_c_.mid")]
    [InlineData("...mid", "mid")]
    [InlineData("NUL.mid", "_NUL.mid")]
    [InlineData(" spaced .mid", "spaced .mid")]
    [InlineData("tab\there.mid", "tab_here.mid")]
    [InlineData("", "_")]
    public void Names_are_made_harmless(string name, string expected) => Assert.Equal(expected, SafeName.Of(name));

    [Theory]
    [InlineData("http://x.org/a/Caf%C3%A9%2Fbar.mid", "Café_bar.mid")]
    [InlineData("http://x.org/a/..%5C..%5Cb.mid", "_.._b.mid")]
    public void Addresses_give_one_name(string address, string expected) => Assert.Equal(expected, SafeName.Of(new Uri(address)));

    [Fact]
    public void Long_names_are_cut_and_keep_their_extension()
    {
        string name = SafeName.Of(new string('x', 500) + ".mid");
        Assert.InRange(name.Length, 50, 120);
        Assert.EndsWith(".mid", name);
    }
}
