using System.Collections.Immutable;
using Etude.Corpora;
using Etude.Corpora.Preparing;
using Etude.Music.Scores;
using Etude.Tests.Evaluation.Originality;

namespace Etude.Tests.Corpora.Preparing;

public sealed class DuplicateSearchTests
{
    private static readonly Score Piece = SomeScores.Piece(1, notes: 600);

    private static double Similarity(Score a, Score b) =>
        DuplicateSearch.Pairs([Passages.Of(a), Passages.Of(b)], 0.01).Select(pair => pair.Similarity).SingleOrDefault();

    [Fact]
    public void Knows_a_piece_again_in_another_key_tempo_loudness_and_resolution()
    {
        Assert.Equal(1, Similarity(Piece, Transposition.Apply(Piece, -4)));
        Assert.Equal(1, Similarity(Piece, Piece.WithTempos((0, 77))));
        Assert.Equal(1, Similarity(Piece, RandomPieces.Change(Piece, notes => notes.Select(note => note with { Velocity = 3, Duration = new Tick(9) }))));
        Assert.Equal(1, Similarity(Piece, Rescaled(Piece, 120)));
    }

    [Fact]
    public void Knows_it_again_when_parts_are_divided_otherwise()
    {
        ImmutableArray<Note> notes = Piece.Tracks[0].Notes;
        Score divided = Piece with
        {
            Tracks = [new Track { Notes = [.. notes.Where(note => note.Pitch >= 60)] }, new Track { Notes = [.. notes.Where(note => note.Pitch < 60)] }],
        };
        Assert.Equal(1, Similarity(Piece, divided));
    }

    [Fact]
    public void Knows_it_again_with_some_notes_changed_and_as_an_excerpt()
    {
        var random = new Random(5);
        Score edited = RandomPieces.Change(Piece, notes => notes.Select(note => random.Next(40) == 0 ? note with { Pitch = (byte)(note.Pitch + 1) } : note));
        Assert.InRange(Similarity(Piece, edited), 0.6, 0.95);
        Score excerpt = RandomPieces.Change(Piece, notes => notes.Skip(200).Take(200));
        Assert.InRange(Similarity(Piece, excerpt), 0.95, 1);
    }

    [Fact]
    public void Pieces_of_chance_share_nothing() => Assert.Equal(0, Similarity(Piece, SomeScores.Piece(2, notes: 600)));

    [Fact]
    public void Short_pieces_count_only_when_they_are_identical()
    {
        Score tiny = SomeScores.Piece(4, notes: 20);
        Assert.Equal(1, Similarity(tiny, Transposition.Apply(tiny, 1)));
        Assert.Equal(0, Similarity(tiny, RandomPieces.Change(tiny, notes => notes.Skip(1))));
    }

    [Fact]
    public void One_of_a_group_is_kept()
    {
        (string, Score)[] scores =
        [
            .. SomeScores.Pieces(10), ("x-same.mid", Transposition.Apply(SomeScores.Piece(4), 3)), ("y-same.mid", SomeScores.Piece(4)),
        ];
        Corpus corpus = Corpus.FromScores(scores);
        DuplicateGroup group = Assert.Single(corpus.Report.Duplicates);
        Assert.Equal("piece-004.mid", group.Kept);
        Assert.Equal(["x-same.mid", "y-same.mid"], group.Others);
        Assert.Equal(10, corpus.Pieces.Length);
        Assert.All(corpus.Dropped, file => Assert.Equal("the same music as piece-004.mid", file.Detail));
    }

    [Fact]
    public void Pieces_that_are_kept_together_and_pieces_that_share_music_never_part()
    {
        Score half = RandomPieces.Change(SomeScores.Piece(4), notes => notes.Take(60)
            .Concat(SomeScores.Piece(99).Tracks[0].Notes.Select(note => note with { Onset = note.Onset + new Tick(100_000) })));
        (string, Score)[] scores = [.. SomeScores.Pieces(30), ("x-same.mid", SomeScores.Piece(4)), ("y-half.mid", half)];
        for (ulong seed = 0; seed < 30; seed++)
        {
            Corpus corpus = Corpus.FromScores(scores, new() { Duplicates = DuplicateHandling.KeepTogether, Split = SplitOptions.Shares(0.5, 0.5, 0, seed) });
            Assert.Equal(32, corpus.Pieces.Length);
            Assert.Single(corpus.Report.Related);
            Assert.Single(corpus.Pieces.Where(piece => piece.Name is "piece-004.mid" or "x-same.mid" or "y-half.mid").Select(piece => (piece.Split, piece.Work)).Distinct());
        }
    }

    [Fact]
    public void Hundreds_of_copies_are_one_group()
    {
        (string, Score)[] scores = [.. SomeScores.Pieces(2), .. Enumerable.Range(0, 200).Select(copy => ($"copy-{copy}.mid", Transposition.Apply(SomeScores.Piece(0), copy % 12)))];
        Assert.Equal(2, Corpus.FromScores(scores).Pieces.Length);
    }

    private static Score Rescaled(Score score, int ticksPerQuarter) => Score.Piano(
        score.Tracks[0].Notes.Select(note => note with
        {
            Onset = new Tick(note.Onset.Value * ticksPerQuarter / score.TicksPerQuarter),
            Duration = new Tick(note.Duration.Value * ticksPerQuarter / score.TicksPerQuarter),
        }),
        ticksPerQuarter);
}
