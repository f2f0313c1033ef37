using Etude.Music.Analysis;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class KeyFinderTests
{
    public static TheoryData<string> Profiles => ["Krumhansl-Kessler", "Temperley"];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Cadences_in_all_keys_are_found(string profileName)
    {
        KeyProfile profile = profileName == "Temperley" ? KeyProfile.Temperley : KeyProfile.KrumhanslKessler;
        for (int tonic = 0; tonic < 12; tonic++)
        {
            // I IV V I, and i iv V i with the raised seventh.
            int[] major = [0, 4, 7, 5, 9, 12, 7, 11, 14, 0, 4, 7], minor = [0, 3, 7, 5, 8, 12, 7, 11, 14, 0, 3, 7];
            foreach ((int[] degrees, bool isMinor) in new[] { (major, false), (minor, true) })
            {
                var cadence = Of([.. degrees.Select((degree, i) => N(i / 3 * 4, 4, 48 + tonic + degree))]);
                KeyEstimate estimate = KeyFinder.Find(cadence, profile)!.Value;
                Assert.Equal(new Key(tonic, isMinor), estimate.Key);
                Assert.InRange(estimate.Margin, 0.01, 1);
            }
        }
    }

    [Fact]
    public void A_profile_correlates_with_itself()
    {
        KeyEstimate estimate = KeyFinder.Find(KeyProfile.KrumhanslKessler.Minor.AsSpan(), KeyProfile.KrumhanslKessler)!.Value;
        Assert.Equal(new Key(0, true), estimate.Key);
        Assert.Equal(1, estimate.Correlation, 12);
    }

    [Fact]
    public void Durations_weigh()
    {
        // Short notes of C major under a held chord of A flat: E flat minor's neighbours win over C major.
        var held = Of(N(0, 64, 56), N(0, 64, 60), N(0, 64, 63), N(0, 64, 68), N(0, 1, 62), N(1, 1, 64), N(2, 1, 65), N(3, 1, 67));
        Assert.Equal("Ab major", KeyFinder.Find(held)!.Value.Key.ToString());
    }

    [Fact]
    public void No_difference_no_key()
    {
        Assert.Null(KeyFinder.Find(Empty));
        Assert.Null(KeyFinder.Find([.. Enumerable.Repeat(2.0, 12)]));
        Assert.Throws<ArgumentException>(() => KeyFinder.Find([1.0]));
    }

    [Theory]
    [InlineData(0, false, "C major")]
    [InlineData(-3, true, "C minor")]
    [InlineData(4, true, "C# minor")]
    [InlineData(-6, false, "Gb major")]
    [InlineData(2, false, "D major")]
    public void Signatures_name_keys(int sharps, bool isMinor, string name)
    {
        Assert.Equal(name, Key.OfSignature(sharps, isMinor).ToString());
        Assert.Equal(Key.OfSignature(sharps, false).Tonic, Key.OfSignature(sharps, isMinor).RelativeMajorTonic);
        Assert.Equal(Math.Min(Math.Abs(sharps), 12 - Math.Abs(sharps)), Key.OfSignature(sharps, isMinor).Accidentals);
    }
}
