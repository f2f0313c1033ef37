using Etude.Corpora;
using Etude.Music.Tests;

namespace Etude.Tests.Corpora;

/// <summary>The rules held against 2,867 real files.</summary>
public sealed class FreePianoTests
{
    private static readonly Lazy<Corpus> All = new(() => Corpus.Prepare(SharedData.Require("free-piano"), cache: CorpusCache.None));

    [Fact]
    public void Every_file_is_kept_or_named()
    {
        Corpus corpus = All.Value;
        Assert.Equal(2867, corpus.Report.FilesSeen);
        Assert.Equal(2867, corpus.Pieces.Length + corpus.Dropped.Length);
        Assert.InRange(corpus.Pieces.Length, 2850, 2867);
        Assert.DoesNotContain(corpus.Dropped, file => file.Reason == DropReason.Unreadable);
        Assert.InRange(corpus.Report.NoteCount, 3_000_000, 4_000_000);
    }

    [Theory]
    [InlineData("028-1-BH-004.mid", "Chop-28-4.mid")]
    [InlineData("045-1a-ME-001.mid", "chopin_prelude_op45.mid")]
    [InlineData("036_anonim--rondeau.mid", "sonatine-1-rondo.mid")]
    [InlineData("066-1-Sam.mid", "chopin_fantaisie-impromptu.mid")]
    public void Editions_of_one_piece_from_two_collections_stay_in_one_split(string one, string other)
    {
        CorpusPiece a = All.Value.Pieces.Single(piece => piece.Name.EndsWith(one, StringComparison.Ordinal));
        CorpusPiece b = All.Value.Pieces.Single(piece => piece.Name.EndsWith(other, StringComparison.Ordinal));
        Assert.Equal(a.Work, b.Work);
        Assert.Equal(a.Split, b.Split);
    }

    [Fact]
    public void Hardly_anything_else_is_taken_for_the_same_music() =>
        Assert.InRange(All.Value.Report.Duplicates.Count + All.Value.Report.Related.Count, 5, 20);

    [Fact]
    public void Lists_divide_it_as_they_say()
    {
        Corpus corpus = Corpus.Prepare(
            SharedData.Require("free-piano"),
            new() { Select = ["*BachJS*"], Split = SplitOptions.Lists("train.txt", "valid.txt") }, CorpusCache.None);
        string[] listed = File.ReadAllLines(SharedData.Require("free-piano/valid.txt"));
        Assert.NotEmpty(corpus.In(Split.Validation));
        Assert.All(corpus.In(Split.Validation), piece => Assert.Contains(piece.Name, listed));
    }
}
