using Etude.Composing;
using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;

namespace Etude.Tests.Composing;

public sealed class CollapseGuardTests
{
    private static readonly SheetRepresentation Sheet = (SheetRepresentation)new SheetOptions().Fit([Score.Piano([new Note(Tick.Zero, new Tick(480), 60, 80)])]);

    private static readonly int CommonTime = Sheet.Meters.Index().First(meter => (meter.Item.Numerator, meter.Item.Denominator) == (4, 4)).Index;

    [Fact]
    public void A_loop_of_notes_is_stopped_though_its_tokens_never_repeat()
    {
        TokenReader reader = Sheet.Read();
        var guard = new CollapseGuard(Sheet);
        var logits = new float[Sheet.Vocabulary.Count];
        int bars = 0;
        for (; bars < 12 && float.IsFinite(logits[Id(SheetTokenKind.Right, 60)]); bars++)
        {
            Read(reader, guard, SheetTokenKind.Bar, CommonTime);
            for (int beat = 0; beat < 4; beat++)
            {
                Read(reader, guard, SheetTokenKind.Position, beat * 24);
                // The length of each note is another one.
                Read(reader, guard, SheetTokenKind.Duration, 1 + (((bars * 4) + beat) * 7 % 24));
                if (beat == 0) guard.Forbid(logits, reader);
                Read(reader, guard, SheetTokenKind.Right, 60 + beat);
            }
        }
        Assert.Equal(10, bars); // of 32 notes the first has no step before it
    }

    [Fact]
    public void A_long_loop_changes_before_it_has_sounded_four_times()
    {
        TokenReader reader = Sheet.Read();
        var guard = new CollapseGuard(Sheet);
        for (int note = 0; note < 96; note++)
        {
            if (note % 4 == 0) Read(reader, guard, SheetTokenKind.Bar, CommonTime);
            Read(reader, guard, SheetTokenKind.Position, note % 4 * 24);
            // The length of each note is another one: no tokens repeat.
            Read(reader, guard, SheetTokenKind.Duration, 1 + (note * 7 % 24));
            var logits = new float[Sheet.Vocabulary.Count];
            guard.Forbid(logits, reader);
            int wished = 48 + (note % 16);
            Read(reader, guard, SheetTokenKind.Right, float.IsFinite(logits[Id(SheetTokenKind.Right, wished)]) ? wished : 80);
        }
        Assert.Equal(0, Collapse.Of(reader.ToScore()).LoopShare);
    }

    [Fact]
    public void A_note_is_held_back_the_more_often_it_came_beyond_what_is_usual()
    {
        Assert.Equal(0, Cost(10));
        Assert.InRange(Cost(13), 0.5f, 1.5f);
        Assert.True(Cost(18) > Cost(13));
        Assert.Equal(float.PositiveInfinity, Cost(22));

        static float Cost(int times)
        {
            TokenReader reader = Sheet.Read();
            var guard = new CollapseGuard(Sheet);
            for (int note = 0; note < CollapseGuard.LatestNotes; note++)
            {
                // One pitch between others that differ.
                guard.Add(Id(SheetTokenKind.Right, note * times / 64 != (note + 1) * times / 64 ? 60 : 61 + (note * 5 % 40)), reader.Now);
            }
            var logits = new float[Sheet.Vocabulary.Count];
            guard.Forbid(logits, reader);
            return logits[Id(SheetTokenKind.Left, 60)] - logits[Id(SheetTokenKind.Right, 60)];
        }
    }

    [Theory]
    [InlineData(true, 0.1, CollapseGuard.LargestSilence + 0.01)]
    [InlineData(false, 0.9, 1)] // of a gap, and of one hand while the other plays, it asks nothing
    public void A_piece_that_would_rather_rest_sounds_for_half_of_its_time(bool isWholePiece, double least, double most)
    {
        TokenRepresentation tokens = new GridChordsOptions().Fit([Score.Piano([.. Enumerable.Range(0, 12).Select(i => new Note(new Tick(480 * i), new Tick(480), (byte)(60 + i), 80))])]);
        TokenReader reader = tokens.Read();
        var guard = new CollapseGuard(tokens) { IsWholePiece = isWholePiece };
        var random = new RandomSource(1);
        var allowed = new bool[tokens.Vocabulary.Count];
        while (reader.Bars < 16)
        {
            // A short chord where it must strike one, and rests, as a network that learned from pieces with long rests has it.
            float[] logits = [.. Enumerable.Range(0, allowed.Length).Select(token => token == 0 ? 8f : (float)random.NextDouble())];
            reader.AllowedNext(allowed);
            for (int token = 0; token < allowed.Length; token++)
            {
                if (!allowed[token]) logits[token] = float.NegativeInfinity;
            }
            guard.Forbid(logits, reader);
            int drawn = logits.IndexOf(logits.Max());
            Tick now = reader.Now;
            reader.Add(drawn);
            guard.Add(drawn, now);
        }
        Assert.InRange(Collapse.Of(reader.ToScore()).SilenceShare, least, most);
    }

    private static void Read(TokenReader reader, CollapseGuard guard, SheetTokenKind kind, int value)
    {
        Tick now = reader.Now;
        reader.Add(Id(kind, value));
        guard.Add(Id(kind, value), now);
    }

    private static int Id(SheetTokenKind kind, int value) => Sheet.IdOf(new SheetToken(kind, value))!.Value;
}
