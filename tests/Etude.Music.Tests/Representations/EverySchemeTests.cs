using System.Collections.Immutable;
using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;

/// <summary>What must hold for every scheme in the listing, also for one that is added later.</summary>
public sealed class EverySchemeTests
{
    private static readonly string[] Variants =
    [
        """{"scheme":"bars","velocityBins":8,"tempos":true,"hands":false,"longestQuarters":4}""",
        """{"scheme":"sheet","headingBars":2,"lastBars":0,"styles":[{"name":"bach","pieces":["Bach*"]},{"name":"folk","pieces":["*folk*","a/*"]}]}""",
        """{"scheme":"grid-chords","spelling":"pitches","grid":"4 per quarter"}""",
        """{"scheme":"grid-chords","mostChords":20}""",
        """{"scheme":"note-duration","grid":"480 per quarter"}""",
        """{"scheme":"monophonic","grid":"16 per measure"}""",
    ];

    public static TheoryData<string> TokenSchemes =>
        [.. All().Where(options => options is TokenOptions).Select(options => options.ToJson())];

    public static TheoryData<string> RollSchemes =>
        [.. All().Where(options => options is RollOptions).Select(options => options.ToJson())];

    [Fact]
    public void Options_survive_json()
    {
        foreach (RepresentationOptions options in All())
        {
            Assert.Equal(options, RepresentationOptions.FromJson(options.ToJson()));
            Assert.Contains(options.Scheme, RepresentationOptions.Schemes);
        }
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void A_saved_vocabulary_encodes_the_same(string json)
    {
        var options = (TokenOptions)RepresentationOptions.FromJson(json);
        var fitted = options.Fit(Some.Scores());
        var opened = options.Open(Vocabulary.FromJson(fitted.Vocabulary.ToJson()));
        Assert.Equal(fitted.Vocabulary.Texts, opened.Vocabulary.Texts);
        foreach (Score score in Some.Scores()) Assert.Equal(fitted.Encode(score).Tokens, opened.Encode(score).Tokens);
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void A_vocabulary_of_another_scheme_is_refused(string json)
    {
        var options = (TokenOptions)RepresentationOptions.FromJson(json);
        Assert.Throws<FormatException>(() => options.Open(new Vocabulary(["alpha", "beta"])));
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void An_encoding_is_allowed_by_the_grammar_and_followed_by_it(string json)
    {
        var representation = Some.Fit(json, Some.Scores());
        bool[] allowed = new bool[representation.Vocabulary.Count];
        foreach (Score score in Some.Scores())
        {
            var tokens = representation.Encode(score).Tokens;
            TokenReader reader = representation.Read(DecodeOptions.From(score));
            Tick before = reader.Now;
            int notes = 0, begun = 0;
            foreach (int token in representation.EndToken is int end ? [.. tokens, end] : tokens)
            {
                reader.AllowedNext(allowed);
                Assert.True(allowed[token], $"{representation.Vocabulary[token]} at {reader.Now}");
                reader.Add(token);
                Assert.True(reader.Now >= before);
                before = reader.Now;
                begun += representation.NotesBegun(token);
                Assert.InRange(reader.NoteCount, notes, begun);
                notes = reader.NoteCount;
            }
            Assert.Equal(representation.EndToken is not null, reader.HasEnded);
            Assert.Equal(reader.ToScore(), representation.Decode(tokens.AsSpan(), DecodeOptions.From(score)));
            Assert.True(reader.Bars > 0);
        }
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void Any_tokens_decode_to_a_valid_score_that_encodes_and_decodes_to_itself(string json)
    {
        var representation = Some.Fit(json, Some.Scores());
        var random = new Random(7);
        for (int trial = 0; trial < 30; trial++)
        {
            int[] tokens = [.. Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(representation.Vocabulary.Count))];
            if (representation.EndToken is int end) tokens = [.. tokens.Where(token => token != end)];
            AssertStable(representation, tokens);
        }
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void Tokens_chosen_by_the_grammar_decode_to_a_valid_score(string json)
    {
        var representation = Some.Fit(json, Some.Scores());
        var random = new Random(8);
        bool[] allowed = new bool[representation.Vocabulary.Count];
        for (int trial = 0; trial < 20; trial++)
        {
            TokenReader reader = representation.Read();
            List<int> tokens = [];
            while (tokens.Count < 200 && !reader.HasEnded)
            {
                reader.AllowedNext(allowed);
                int[] choices = [.. allowed.Index().Where(token => token.Item).Select(token => token.Index)];
                Assert.NotEmpty(choices);
                tokens.Add(choices[random.Next(choices.Length)]);
                reader.Add(tokens[^1]);
            }
            AssertStable(representation, [.. tokens]);
        }
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void An_unknown_token_is_refused(string json)
    {
        var representation = Some.Fit(json, Some.Scores());
        Assert.Throws<ArgumentOutOfRangeException>(() => representation.Decode([representation.Vocabulary.Count]));
        Assert.Throws<ArgumentOutOfRangeException>(() => representation.Decode([-1]));
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void Nothing_is_left_out_unreported(string json)
    {
        var representation = Some.Fit(json, Some.Scores());
        foreach (Score score in Some.Scores())
        {
            var encoding = representation.Encode(score);
            int kept = representation.Decode(encoding.Tokens.AsSpan(), DecodeOptions.From(score)).NoteCount;
            Assert.InRange(score.NoteCount - kept, int.MinValue, encoding.Losses.Total);
        }
    }

    [Theory]
    [MemberData(nameof(TokenSchemes))]
    public void An_empty_score_has_no_tokens(string json)
    {
        var representation = Some.Fit(json, Some.Scores());
        Assert.Empty(representation.Encode(new Score()).Tokens);
        Assert.Equal(0, representation.Decode([]).NoteCount);
    }

    [Theory]
    [MemberData(nameof(RollSchemes))]
    public void Any_roll_decodes_to_a_valid_score_that_encodes_and_decodes_to_itself(string json)
    {
        var representation = Some.Roll(json);
        var random = new Random(9);
        for (int trial = 0; trial < 20; trial++)
        {
            float[] cells = [.. Enumerable.Range(0, random.Next(100) * representation.Width).Select(_ => random.NextSingle())];
            Score score = representation.Decode(Roll.FromCells(cells, representation.Width, 0.8f));
            AssertValid(score);
            Assert.Equal(score, representation.Decode(representation.Encode(score).Roll));
        }
        Assert.Throws<ArgumentException>(() => representation.Decode(new Roll(4, representation.Width + 1)));
    }

    private static IEnumerable<RepresentationOptions> All() =>
        [.. RepresentationOptions.Schemes.Select(RepresentationOptions.Default), .. Variants.Select(RepresentationOptions.FromJson)];

    private static void AssertStable(TokenRepresentation representation, int[] tokens)
    {
        Score score = representation.Decode(tokens);
        AssertValid(score);
        var encoding = representation.Encode(score);
        if (encoding.Losses[EncodingLoss.NotInVocabulary] > 0) return;
        Score again = representation.Decode(encoding.Tokens.AsSpan());
        Assert.Equal(Notes(score), Notes(again));

        ImmutableArray<ImmutableArray<Note>> Notes(Score from) => representation.Scheme == "notes-chords"
            ? [[.. from.Tracks[0].Notes.Order()]]
            : [.. from.Tracks.Select(track => track.Notes)];
    }

    private static void AssertValid(Score score)
    {
        Assert.Equal(0, score.Tempos[0].Onset.Value);
        Assert.Equal(0, score.Meters[0].Onset.Value);
        Assert.Equal(score.Meters.OrderBy(meter => meter.Onset), score.Meters);
        Assert.Equal(score.Tempos.Select(tempo => tempo.Onset).Distinct().Order(), score.Tempos.Select(tempo => tempo.Onset));
        foreach (var key in score.Tracks.SelectMany(track => track.Notes).GroupBy(note => note.Pitch))
        {
            var notes = key.OrderBy(note => note.Onset).ToList();
            Assert.All(notes, note => Assert.True(note.Duration.Value > 0 && note.Onset.Value >= 0 && note.Velocity is >= 1 and <= 127 && note.Pitch < 128));
            for (int i = 1; i < notes.Count; i++) Assert.True(notes[i - 1].End <= notes[i].Onset);
        }
        foreach (Track track in score.Tracks) Assert.Equal(track.Notes.Order(), track.Notes);
    }
}
