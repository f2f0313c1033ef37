using Etude.Music.Representations;
using Etude.Music.Scores;
using static Etude.Music.Tests.Representations.Some;

namespace Etude.Music.Tests.Representations;

public sealed class BarsTests
{
    [Fact]
    public void A_waltz_reads_like_a_score()
    {
        var bars = Fit("""{"scheme":"bars"}""", []);
        Assert.Equal(
            """
            bar 1/4, position 0, right 67, duration 24,
            bar 3/4, position 0, left 48, duration 72, right 72, duration 8, position 8, right 74, duration 8, position 16, right 76, duration 8,
            position 24, left 55, duration 24, right 76, duration 24, position 48, left 55, duration 24, right 76, duration 24,
            bar 3/4, position 0, left 43, duration 72, right 74, duration 72, right 77, duration 72, right 79, duration 72,
            bar 3/4, bar 3/4,
            bar 6/8, position 0, left 48, duration 60, left 52, duration 60, right 84, duration 12,
            position 12, right 83, duration 6, position 18, right 81, duration 6, position 24, right 79, duration 36
            """.ReplaceLineEndings(" "),
            string.Join(", ", bars.Describe(bars.Encode(Waltz()).Tokens.AsSpan())));
    }

    [Fact]
    public void Meters_upbeat_and_hands_survive()
    {
        var bars = Fit("""{"scheme":"bars"}""", []);
        Score decoded = bars.Decode(bars.Encode(Waltz()).Tokens.AsSpan());
        Assert.Equal(Waltz().Meters, decoded.Meters);
        for (int part = 0; part < 2; part++)
        {
            Assert.Equal(Waltz().Tracks[part].Notes.Select(note => note with { Velocity = 80 }), decoded.Tracks[part].Notes);
        }
        Assert.Equal(["Right hand", "Left hand"], decoded.Tracks.Select(track => track.Name));
        Assert.Equal(decoded, bars.Decode(bars.Encode(decoded).Tokens.AsSpan()));
    }

    [Theory]
    [InlineData(5, 1, 2 * 20 * 480)]
    [InlineData(13, 16, 480)]
    [InlineData(7, 64, 480)]
    [InlineData(4, 4, 720)]
    [InlineData(255, 1, 480)]
    public void A_bar_of_any_meter_keeps_its_time_and_where_it_ends(int numerator, int denominator, int ticks)
    {
        Score score = Score.Piano([Note(0, 480, 60), Note(ticks, 480, 62), Note(ticks + 1920, 480, 64)]) with
        {
            Meters = [new Meter(default, numerator, denominator), new Meter(new Tick(ticks), 4, 4)],
        };
        var bars = Fit("""{"scheme":"bars","hands":false}""", []);
        var encoding = bars.Encode(score);
        Score decoded = bars.Decode(encoding.Tokens.AsSpan());
        Assert.Equal(score.Tracks[0].Notes, decoded.Tracks[0].Notes);
        Assert.Contains(decoded.Meters, meter => meter.Onset.Value == ticks && (meter.Numerator, meter.Denominator) == (4, 4));
        bool known = (numerator, denominator) == (4, 4);
        Assert.Equal(known, encoding.Losses[EncodingLoss.NotInVocabulary] == 0);
    }

    [Fact]
    public void Meters_of_the_training_scores_are_learned()
    {
        Score score = Score.Piano([Note(0, 480, 60)]) with { Meters = [new Meter(default, 13, 16)] };
        Assert.False(Fit("""{"scheme":"bars"}""", []).Vocabulary.TryGetId("bar 13/16", out _));
        var bars = Fit("""{"scheme":"bars"}""", [score]);
        Assert.Equal("bar 13/16", bars.Vocabulary[bars.Encode(score).Tokens[0]]);
    }

    [Fact]
    public void A_tempo_is_said_where_it_changes()
    {
        var bars = Fit("""{"scheme":"bars","tempos":true}""", []);
        var tokens = bars.Encode(Waltz()).Tokens;
        Assert.Equal(["tempo 31", "tempo 24"], bars.Describe(tokens.AsSpan()).Where(text => text.StartsWith("tempo", StringComparison.Ordinal)));
        Score decoded = bars.Decode(tokens.AsSpan());
        Assert.Equal([0, 480 + 2 * 1440], decoded.Tempos.Select(tempo => tempo.Onset.Value));
        Assert.Equal(80, decoded.Tempos[1].QuartersPerMinute, 0.01);
    }

    [Fact]
    public void Hands_are_told_by_name_else_by_height_else_by_middle_c()
    {
        var bars = Fit("""{"scheme":"bars"}""", []);
        Score named = new()
        {
            Tracks =
            [
                new Track { Name = "Piano left", Notes = [Note(0, 480, 72)] },
                new Track { Name = "Piano right", Notes = [Note(0, 480, 40)] },
            ],
        };
        Assert.Equal(["left 72", "right 40"], Pitches(named));
        Score unnamed = named with { Tracks = [.. named.Tracks.Select(track => track with { Name = "" })] };
        Assert.Equal(["left 40", "right 72"], Pitches(unnamed));
        Assert.Equal(["left 59", "right 60"], Pitches(Score.Piano([Note(0, 480, 60), Note(0, 480, 59)])));

        IEnumerable<string> Pitches(Score score) => bars.Describe(bars.Encode(score).Tokens.AsSpan())
            .Where(text => text.StartsWith("left", StringComparison.Ordinal) || text.StartsWith("right", StringComparison.Ordinal));
    }

    [Fact]
    public void The_grammar_asks_for_whole_notes()
    {
        var bars = Fit("""{"scheme":"bars","velocityBins":4}""", []);
        TokenReader reader = bars.Read();
        Assert.Equal(["bar", "end"], Kinds());
        Add("bar 3/4");
        Assert.Equal(["bar", "end", "length", "position"], Kinds());
        Add("position 24");
        Assert.Equal(["left", "right"], Kinds());
        Add("left 40");
        Assert.Equal(["velocity"], Kinds());
        Add("velocity 3");
        Assert.Equal(["duration"], Kinds());
        Add("duration 96");
        Assert.Equal(["bar", "end", "left", "position", "right"], Kinds());
        Assert.Equal(1 / 3.0, reader.Bars, 9);
        Add("bar 3/4");
        Assert.Equal(1, reader.Bars);
        Add("position 0");
        bool[] allowed = Allowed();
        Assert.False(allowed[Id("left 40")], "the key is still down");
        Assert.False(allowed[Id("right 40")], "the key is still down");
        Assert.True(allowed[Id("left 39")]);
        Add("end");
        Assert.Equal(["end"], Kinds());
        Assert.Equal(2, reader.Bars);

        void Add(string text) => reader.Add(Id(text));
        int Id(string text) => bars.Vocabulary.TryGetId(text, out int id) ? id : throw new ArgumentException(text);
        bool[] Allowed()
        {
            bool[] flags = new bool[bars.Vocabulary.Count];
            reader.AllowedNext(flags);
            return flags;
        }
        IEnumerable<string> Kinds() =>
            [.. Allowed().Index().Where(flag => flag.Item).Select(flag => bars.Vocabulary[flag.Index].Split(' ')[0]).Distinct().Order(StringComparer.Ordinal)];
    }
}
