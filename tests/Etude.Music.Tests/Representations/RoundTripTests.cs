using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;

/// <summary>Decoding an encoding gives the quantized score, on made-up and on real scores.</summary>
public sealed class RoundTripTests
{
    private const int Key88Lowest = 21, Key88Highest = 108;

    [Theory]
    [InlineData("12 per quarter", 12)]
    [InlineData("480 per quarter", 480)]
    [InlineData("4 per quarter", 4)]
    public void Note_duration(string grid, int steps) => EachSet(scores =>
    {
        var representation = Some.Fit($$"""{"scheme":"note-duration","grid":"{{grid}}"}""", scores);
        foreach (Score score in scores)
        {
            var encoding = representation.Encode(score);
            Assert.Equal(0, encoding.Losses[EncodingLoss.NotInVocabulary]);
            var expected = Quantized.Notes(score, Quantized.PerQuarter(score, steps), longest: 4 * steps);
            Assert.Equal(WithVelocity(expected, 80), Quantized.Steps(representation.Decode(encoding.Tokens.AsSpan()), 480m / steps));
        }
    });

    [Fact]
    public void Performance() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"performance","pedalled":false,"grid":"100 per second"}""", []);
        foreach (Score score in scores)
        {
            var decoded = representation.Decode(representation.Encode(score).Tokens.AsSpan());
            var expected = Quantized.Notes(score, Quantized.PerSecond(score, 100))
                .Select(note => (note.Onset, note.End, note.Pitch, note.Velocity / 4 * 4 + 2)).ToList();
            Assert.Equal(expected, Quantized.Steps(decoded, 9.6m));
        }
    });

    [Fact]
    public void Bars() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"bars"}""", scores);
        foreach (Score score in scores)
        {
            var decoded = representation.Decode(representation.Encode(score).Tokens.AsSpan());
            var expected = Quantized.Notes(score, Quantized.PerQuarter(score, 24), longest: 8 * 24);
            Assert.Equal(WithVelocity(expected, 80), Quantized.Steps(decoded, 20));
        }
    });

    [Fact]
    public void Sheet() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"sheet"}""", scores);
        foreach (Score score in scores)
        {
            var decoded = representation.Decode(representation.Encode(score).Tokens.AsSpan());
            var expected = Quantized.Notes(score, Quantized.PerQuarter(score, 24), Key88Lowest, Key88Highest, longest: 8 * 24);
            Assert.Equal(WithVelocity(expected, 80), Quantized.Steps(decoded, 20));
        }
    });

    [Fact]
    public void Bars_with_velocities_and_tempos() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"bars","velocityBins":16,"tempos":true,"hands":false,"grid":"12 per quarter"}""", scores);
        foreach (Score score in scores)
        {
            var decoded = representation.Decode(representation.Encode(score).Tokens.AsSpan());
            var expected = Quantized.Notes(score, Quantized.PerQuarter(score, 12), longest: 8 * 12)
                .Select(note => (note.Onset, note.End, note.Pitch, note.Velocity / 8 * 8 + 4)).ToList();
            Assert.Equal(expected, Quantized.Steps(decoded, 40));
            double ratio = decoded.Tempos[0].QuartersPerMinute / score.Tempos[0].QuartersPerMinute;
            if (score.Tempos[0].QuartersPerMinute is > 20 and < 320) Assert.InRange(ratio, 0.97, 1.03);
        }
    });

    [Theory]
    [InlineData("12 per quarter", 12)]
    [InlineData("4 per quarter", 4)]
    public void Starts_continues(string grid, int steps) => EachSet(scores =>
    {
        var representation = Some.Roll($$"""{"scheme":"starts-continues","grid":"{{grid}}"}""");
        foreach (Score score in scores)
        {
            Roll roll = representation.Encode(score).Roll;
            var expected = Quantized.Notes(score, Quantized.PerQuarter(score, steps), Key88Lowest, Key88Highest);
            Assert.Equal(WithVelocity(expected, 80), Quantized.Steps(representation.Decode(roll), 480m / steps));
            Assert.Equal(expected.Sum(note => (long)note.End - note.Onset), roll.Count);
        }
    });

    [Fact]
    public void Roll() => EachSet(scores =>
    {
        var representation = Some.Roll("""{"scheme":"roll","grid":"4 per quarter"}""");
        foreach (Score score in scores)
        {
            var encoding = representation.Encode(score);
            var expected = Joined(Quantized.Notes(score, Quantized.PerQuarter(score, 4), Key88Lowest, Key88Highest));
            Assert.Equal(WithVelocity(expected, 80), Quantized.Steps(representation.Decode(encoding.Roll), 120));
            int joined = score.NoteCount - expected.Count;
            Assert.Equal(joined, encoding.Losses[EncodingLoss.RepeatJoined] + encoding.Losses[EncodingLoss.SameKeyTwice]
                + encoding.Losses[EncodingLoss.OutsideKeyboard] + encoding.Losses[EncodingLoss.OtherInstrument]);
        }
    });

    [Fact]
    public void Monophonic() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"monophonic"}""", []);
        foreach (Score score in scores)
        {
            var notes = Quantized.Notes(score, Quantized.PerQuarter(score, 4));
            int[] top = new int[notes.Count == 0 ? 0 : notes.Max(note => note.End)];
            foreach (var note in notes)
            {
                for (int step = note.Onset; step < note.End; step++) top[step] = Math.Max(top[step], note.Pitch + 1);
            }
            var encoding = representation.Encode(score);
            Assert.Equal(top, encoding.Tokens);
            var expected = Enumerable.Range(0, top.Length)
                .Where(step => top[step] > 0 && (step == 0 || top[step - 1] != top[step]))
                .Select(step => (step, End(top, step), top[step] - 1, 80)).ToList();
            Assert.Equal(expected, Quantized.Steps(representation.Decode(encoding.Tokens.AsSpan()), 120));
        }
    });

    [Fact]
    public void Grid_chords_of_pitches() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"grid-chords","spelling":"pitches","mostChords":1000000}""", scores);
        foreach (Score score in scores)
        {
            var chords = Quantized.Notes(score, Quantized.PerSecond(score, 10)).GroupBy(note => note.Onset).ToList();
            var expected = chords.Select((chord, i) => chord.Select(note =>
                (note.Onset, Math.Min(chord.Max(other => other.End), i + 1 < chords.Count ? chords[i + 1].Key : int.MaxValue), note.Pitch, 80)))
                .SelectMany(chord => chord).ToList();
            var tokens = representation.Encode(score).Tokens;
            Assert.Equal(expected, Quantized.Steps(representation.Decode(tokens.AsSpan()), 96));
            Assert.Equal(expected.Count, tokens.Sum(representation.NotesBegun));
        }
    });

    [Fact]
    public void Notes_chords() => EachSet(scores =>
    {
        var representation = Some.Fit("""{"scheme":"notes-chords"}""", scores);
        foreach (Score score in scores)
        {
            var expected = Quantized.Notes(score, Quantized.PerQuarter(score, 12)).GroupBy(note => note.Onset)
                .Select(chord => chord.Count() == 1 ? chord.Single().Pitch : -chord.Select(note => 1 << note.Pitch % 12).Distinct().Sum()).ToList();
            var tokens = representation.Encode(score).Tokens;
            var decoded = representation.Decode(tokens.AsSpan()).Tracks[0].Notes.GroupBy(note => note.Onset).ToList();
            Assert.Equal(expected, decoded
                .Select(chord => chord.Count() == 1 ? chord.Single().Pitch : -chord.Select(note => 1 << note.Pitch % 12).Distinct().Sum()));
            Assert.Equal(Enumerable.Range(0, decoded.Count).Select(i => 240 * i), decoded.Select(chord => chord.Key.Value));
        }
    });

    private static int End(int[] top, int step)
    {
        int end = top.AsSpan(step).IndexOfAnyExcept(top[step]);
        return end < 0 ? top.Length : step + end;
    }

    private static void EachSet(Action<IReadOnlyList<Score>> check)
    {
        check([.. Some.Scores()]);
        check(Some.RealScores());
    }

    private static List<(int, int, int, int)> WithVelocity(List<(int Onset, int End, int Pitch, int Velocity)> notes, int velocity) =>
        [.. notes.Select(note => (note.Onset, note.End, note.Pitch, velocity))];

    /// <summary>Notes of one key that touch made one.</summary>
    private static List<(int Onset, int End, int Pitch, int Velocity)> Joined(List<(int Onset, int End, int Pitch, int Velocity)> notes)
    {
        List<(int Onset, int End, int Pitch, int Velocity)> joined = [];
        Dictionary<int, int> last = [];
        foreach (var note in notes)
        {
            if (last.TryGetValue(note.Pitch, out int before) && joined[before].End == note.Onset) joined[before] = joined[before] with { End = note.End };
            else
            {
                last[note.Pitch] = joined.Count;
                joined.Add(note);
            }
        }
        return joined;
    }
}
