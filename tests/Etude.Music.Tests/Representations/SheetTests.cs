using System.Collections.Immutable;
using Etude.Music.Representations;
using Etude.Music.Scores;
using static Etude.Music.Tests.Representations.Some;

namespace Etude.Music.Tests.Representations;

public sealed class SheetTests
{
    private const string Styled = """{"scheme":"sheet","headingBars":2,"lastBars":3,"styles":[{"name":"bach","pieces":[]},{"name":"folk","pieces":[]}]}""";

    [Fact]
    public void A_waltz_reads_like_a_score()
    {
        var sheet = Fit("""{"scheme":"sheet","lastBars":3}""", []);
        Assert.Equal(
            """
            bar 1/4, position 0, duration 24, right 67,
            bar 3/4, position 0, duration 72, left 48, duration 8, right 72, position 8, right 74, position 16, right 76,
            position 24, duration 24, left 55, duration 24, right 76, position 48, left 55, right 76,
            bar 3/4, position 0, duration 72, left 43, duration 72, right 74, right 77, right 79,
            bar 3/4, last 3, bar 3/4, last 2,
            bar 6/8, last 1, position 0, duration 60, left 48, left 52, duration 12, right 84,
            position 12, duration 6, right 83, position 18, right 81, position 24, duration 36, right 79
            """.ReplaceLineEndings(" "),
            string.Join(", ", sheet.Describe(sheet.Encode(Waltz()).Tokens.AsSpan())));
    }

    [Fact]
    public void Headings_and_a_gap_are_written_where_the_plan_asks_for_them()
    {
        var sheet = (SheetRepresentation)Fit(Styled, []);
        var plan = new SheetPlan { Style = "folk", Keys = true, Densities = true, Ends = false, Gaps = [new SheetGap(1, 1, 1, Hand.Left)] };
        Assert.Equal(
            """
            style folk, key C major, density 4, bar 1/4, position 0, duration 24, right 67,
            bar 3/4, hole right, position 0, duration 72, left 48, position 24, duration 24, left 55, position 48, left 55,
            style folk, key C minor, density 3, bar 3/4, position 0, duration 72, left 43, duration 72, right 74, right 77, right 79,
            fill, style folk, key C major, density 5,
            bar 3/4, position 0, duration 72, left 48, duration 8, right 72, position 8, right 74, position 16, right 76,
            position 24, duration 24, left 55, duration 24, right 76, position 48, left 55, right 76, resume
            """.ReplaceLineEndings(" "),
            string.Join(", ", sheet.Describe(sheet.Encode(Waltz().SliceBars(0, 2), plan).Tokens.AsSpan())));
    }

    [Fact]
    public void The_clock_tells_when_each_token_is()
    {
        var sheet = Fit("""{"scheme":"sheet","lastBars":3}""", []);
        Assert.Equal(
            "0: bar 1/4 position 0 duration 24 right 67; 1: bar 3/4 position 0 duration 72 left 48 duration 8 right 72; "
            + "1.111: position 8 right 74; 1.222: position 16 right 76; 1.333: position 24 duration 24 left 55 duration 24 right 76; "
            + "1.667: position 48 left 55 right 76; 2: bar 3/4 position 0",
            Times(sheet, sheet.Encode(Waltz()).Tokens.AsSpan(0, 24)));
        Assert.Null(Fit("""{"scheme":"performance"}""", []).Clock);
    }

    [Fact]
    public void The_clock_goes_back_to_bars_that_are_filled()
    {
        var sheet = (SheetRepresentation)Fit(Styled, []);
        var plan = new SheetPlan { Ends = false, Gaps = [new SheetGap(1, 1, 1, null)] };
        string times = Times(sheet, [.. sheet.Encode(Waltz().SliceBars(0, 2), plan).Tokens, sheet.Vocabulary.Texts.IndexOf("bar 3/4")]);
        Assert.StartsWith("0: bar 1/4 position 0 duration 24 right 67; 1: bar 3/4 hole; 2: bar 3/4 position 0", times, StringComparison.Ordinal);
        Assert.Contains("right 79; 0: fill; 1: bar 3/4 position 0 duration 72 left 48", times, StringComparison.Ordinal);
        Assert.EndsWith("1.667: position 48 left 55 right 76; 2: resume; 3: bar 3/4", times, StringComparison.Ordinal);
    }

    private static string Times(TokenRepresentation sheet, ReadOnlySpan<int> tokens)
    {
        float[] state = new float[sheet.Clock!.StateLength];
        var parts = new List<string>();
        float last = -1;
        foreach (int token in tokens)
        {
            float time = sheet.Clock.Read(token, state);
            if (time != last) parts.Add(FormattableString.Invariant($"{time:0.###}:"));
            (last, parts[^1]) = (time, parts[^1] + " " + sheet.Vocabulary[token]);
        }
        return string.Join("; ", parts);
    }

    [Fact]
    public void Whatever_the_plan_it_decodes_to_the_same_notes_and_keeps_the_grammar()
    {
        var random = new Random(3);
        foreach (Score score in Some.Scores())
        {
            var sheet = (SheetRepresentation)Fit(Styled, Some.Scores());
            Score plain = sheet.Decode(sheet.Encode(score).Tokens.AsSpan());
            for (int trial = 0; trial < 10; trial++)
            {
                ImmutableArray<int> tokens = sheet.Encode(score, AnyPlan(random, sheet.BarOnsets(score).Length)).Tokens;
                AssertAllowed(sheet, tokens);
                Assert.Equal(plain.Tracks, sheet.Decode(tokens.AsSpan()).Tracks);
            }
        }
    }

    [Fact]
    public void Real_pieces_with_gaps_decode_to_the_same_notes()
    {
        var random = new Random(4);
        IReadOnlyList<Score> scores = [.. RealScores().Take(12)];
        var sheet = (SheetRepresentation)Fit(Styled, scores);
        foreach (Score score in scores)
        {
            ImmutableArray<int> tokens = sheet.Encode(score, AnyPlan(random, sheet.BarOnsets(score).Length)).Tokens;
            AssertAllowed(sheet, tokens);
            Assert.Equal(sheet.Decode(sheet.Encode(score).Tokens.AsSpan()).Tracks, sheet.Decode(tokens.AsSpan()).Tracks);
        }
    }

    [Fact]
    public void An_open_gap_leaves_out_its_notes()
    {
        var sheet = (SheetRepresentation)Fit(Styled, []);
        ImmutableArray<int> tokens = sheet.Encode(Waltz(), new SheetPlan { Gaps = [new SheetGap(1, 2, 9, null)] }).Tokens;
        int fill = sheet.Describe(tokens.AsSpan()).IndexOf("fill");
        Score open = sheet.Decode(tokens.AsSpan()[..fill]);
        Assert.DoesNotContain(open.NotesInOrder(), note => note.Onset.Value is >= 480 and < 480 + 2 * 1440);
        Assert.Equal(Waltz().NotesInOrder().Count(note => note.Onset.Value is < 480 or >= 480 + 2 * 1440), open.NoteCount);
    }

    [Fact]
    public void After_the_last_bar_only_the_end_may_come()
    {
        var sheet = Fit(Styled, []);
        TokenReader reader = sheet.Read();
        bool[] allowed = new bool[sheet.Vocabulary.Count];
        foreach (string text in new[] { "bar 3/4", "last 2", "bar 3/4" }) Add(text);
        reader.AllowedNext(allowed);
        Assert.Equal(["last 1"], Allowed().Where(text => !text.StartsWith("length", StringComparison.Ordinal)));
        Add("last 1");
        reader.AllowedNext(allowed);
        Assert.Equal(["end"], Allowed().Where(text => !text.StartsWith("position", StringComparison.Ordinal) && !text.StartsWith("hole", StringComparison.Ordinal)));

        IEnumerable<string> Allowed() => sheet.Vocabulary.Texts.Where((_, id) => allowed[id]);

        void Add(string text)
        {
            Assert.True(sheet.Vocabulary.TryGetId(text, out int id));
            reader.Add(id);
        }
    }

    [Fact]
    public void An_unknown_style_names_those_that_are_known()
    {
        var sheet = (SheetRepresentation)Fit(Styled, []);
        var fault = Assert.Throws<ArgumentException>(() => sheet.Encode(Waltz(), new SheetPlan { Style = "jazz" }));
        Assert.Contains("bach, folk", fault.Message);
    }

    private static SheetPlan AnyPlan(Random random, int bars)
    {
        var gaps = ImmutableArray.CreateBuilder<SheetGap>();
        for (int bar = random.Next(4); bar < bars;)
        {
            Hand? kept = random.Next(3) switch { 0 => Hand.Left, 1 => Hand.Right, _ => null };
            gaps.Add(new SheetGap(bar, random.Next(1, 4), random.Next(4), kept));
            bar = gaps[^1].FirstBar + gaps[^1].BarCount + gaps[^1].ContextBars + random.Next(3);
        }
        return new SheetPlan
        {
            Style = random.Next(2) == 0 ? "bach" : null,
            Keys = random.Next(2) == 0,
            Densities = random.Next(2) == 0,
            Gaps = gaps.ToImmutable(),
        };
    }

    private static void AssertAllowed(SheetRepresentation sheet, ImmutableArray<int> tokens)
    {
        bool[] allowed = new bool[sheet.Vocabulary.Count];
        TokenReader reader = sheet.Read();
        foreach (var (place, token) in tokens.Add(sheet.EndToken!.Value).Index())
        {
            reader.AllowedNext(allowed);
            Assert.True(allowed[token], $"{sheet.Vocabulary[token]} after {string.Join(", ", sheet.Describe(tokens.AsSpan()[Math.Max(0, place - 8)..place]))}");
            reader.Add(token);
        }
    }
}
