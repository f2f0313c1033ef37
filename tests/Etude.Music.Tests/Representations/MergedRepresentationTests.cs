using System.Collections.Immutable;
using Etude.Music.Midi;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;

public sealed class MergedRepresentationTests
{
    public static TheoryData<string> Schemes => ["note-duration", "bars", "sheet", "performance", "grid-chords"];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Merged_tokens_say_the_same_in_fewer(string scheme)
    {
        TokenRepresentation plain = Some.Fit($$"""{"scheme":"{{scheme}}"}""", Some.Scores());
        MergedRepresentation merged = Learned(plain, Some.Scores(), 20);
        var opened = MergedRepresentation.Open(plain.Options, Vocabulary.FromJson(merged.Vocabulary.ToJson()));
        Assert.Equal(plain.Vocabulary.Count + 20, merged.Vocabulary.Count);
        Assert.Equal(merged.Vocabulary.Texts, opened.Vocabulary.Texts);
        bool[] allowed = new bool[merged.Vocabulary.Count];
        int fewer = 0;
        foreach (Score score in Some.Scores())
        {
            ImmutableArray<int> before = plain.Encode(score).Tokens, after = opened.Encode(score).Tokens;
            fewer += before.Length - after.Length;
            Assert.Equal(before.Sum(plain.NotesBegun), after.Sum(opened.NotesBegun));
            DecodeOptions frame = DecodeOptions.From(score);
            Assert.Equal(plain.Decode(before.AsSpan(), frame), opened.Decode(after.AsSpan(), frame));
            TokenReader reader = opened.Read(frame);
            foreach (int token in after)
            {
                reader.AllowedNext(allowed);
                Assert.True(allowed[token], opened.Vocabulary[token]);
                reader.Add(token);
            }
        }
        Assert.True(fewer > 20, $"{fewer} tokens fewer");
        Assert.Throws<ArgumentOutOfRangeException>(() => opened.Decode([merged.Vocabulary.Count]));
    }

    [Fact]
    public void The_commonest_pair_comes_first_and_pairs_are_merged_again()
    {
        // First 1 2 (five times), then that pair with itself (three times, as they overlap); after that no pair comes twice.
        TokenRepresentation plain = Some.Fit("""{"scheme":"note-duration"}""", Some.Scores());
        int a = plain.Vocabulary.Count;
        MergedRepresentation merged = MergedRepresentation.Learn(plain, [[1, 2, 1, 2, 1, 2, 3, 1, 2, 1, 2]], 3);
        Assert.Equal([new(1, 2), new(a, a)], merged.Vocabulary.Merges);
        Assert.Equal($"({plain.Vocabulary[1]}) ({plain.Vocabulary[2]})", merged.Vocabulary[a]);
    }

    [Fact]
    public void Real_scores_come_back()
    {
        string folder = SharedData.Require("free-piano");
        Score[] scores = [.. File.ReadLines(Path.Combine(folder, "valid.txt")).Take(6).Select(file => MidiFile.Read(Path.Combine(folder, file)).Score)];
        foreach (string scheme in (string[])["bars", "sheet", "performance"])
        {
            TokenRepresentation plain = Some.Fit($$"""{"scheme":"{{scheme}}"}""", scores);
            MergedRepresentation merged = Learned(plain, scores, 100);
            foreach (Score score in scores)
            {
                DecodeOptions frame = DecodeOptions.From(score);
                Assert.Equal(plain.Decode(plain.Encode(score).Tokens.AsSpan(), frame), merged.Decode(merged.Encode(score).Tokens.AsSpan(), frame));
            }
        }
    }

    [Theory]
    [InlineData("""{"tokens":["a","b","c"],"merges":[[0,2]]}""")]
    [InlineData("""{"tokens":["a","b","c"],"merges":[[0]]}""")]
    public void A_merge_of_what_is_not_there_is_refused(string json) => Assert.Throws<FormatException>(() => Vocabulary.FromJson(json));

    private static MergedRepresentation Learned(TokenRepresentation plain, IEnumerable<Score> scores, int count) =>
        MergedRepresentation.Learn(plain, scores.Select(score => plain.Encode(score).Tokens), count);
}
