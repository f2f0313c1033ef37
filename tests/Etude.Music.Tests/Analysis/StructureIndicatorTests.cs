using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Analysis;

public sealed class StructureIndicatorTests
{
    [Fact]
    public void A_segment_played_twice_covers_half_of_the_rest()
    {
        // Frames a b a b c c with exact likeness: segment a b (frames 0, 1) repeats once: likeness (4 - 2) / 4 cells,
        // coverage (4 - 2) / 6.
        string frames = "ababcd";
        var similarity = new double[6, 6];
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++) similarity[i, j] = frames[i] == frames[j] ? 1 : -2;
        }
        double likeness = 2 / 4.0, coverage = 2 / 6.0;
        Assert.Equal(2 * likeness * coverage / (likeness + coverage), SegmentFitness.Of(similarity, 0, 2), 12);
        Assert.Equal(0, SegmentFitness.Of(similarity, 4, 2), 12); // c d is played once
        Assert.Equal(0, SegmentFitness.Of(similarity, 0, 6), 12); // the whole piece explains nothing
    }

    [Fact]
    public void A_song_of_repeated_phrases_has_more_structure_than_one_of_chance()
    {
        // 16 phrases of 4 seconds: A A B A A A B A ..., against notes of chance; 120 quarter notes a minute.
        Score Song(Func<int, int, int> pitch) => Score.Piano(Enumerable.Range(0, 96)
            .Select(i => new Note(new Tick(480 * i), new Tick(480), (byte)pitch(i / 8, i % 8), 80)));
        int[] a = [60, 64, 67, 72, 65, 69, 67, 62], b = [66, 61, 70, 63, 68, 56, 59, 73];
        var random = new Random(1);
        double phrases = StructureIndicator.Of(Song((phrase, i) => phrase % 4 == 2 ? b[i] : a[i]), new Second(3), new Second(8));
        double chance = StructureIndicator.Of(Song((_, _) => random.Next(48, 72)), new Second(3), new Second(8));
        Assert.InRange(phrases, chance + 0.1, 1);
    }

    [Fact]
    public void A_piece_shorter_than_the_segment_has_none() =>
        Assert.Equal(0, StructureIndicator.Of(Pieces.Scale, new Second(15)));
}
