using Etude.Composing;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Tests.Composing;

public sealed class CollapseGuardTests
{
    private static readonly SheetRepresentation Sheet = (SheetRepresentation)new SheetOptions().Fit([Score.Piano([new Note(Tick.Zero, new Tick(480), 60, 80)])]);

    [Fact]
    public void A_loop_of_notes_is_stopped_though_its_tokens_never_repeat()
    {
        TokenReader reader = Sheet.Read();
        var guard = new CollapseGuard(Sheet);
        var logits = new float[Sheet.Vocabulary.Count];
        int bars = 0;
        for (; bars < 12 && float.IsFinite(logits[Id(SheetTokenKind.Right, 60)]); bars++)
        {
            Read(SheetTokenKind.Bar, Sheet.Meters.Index().First(meter => (meter.Item.Numerator, meter.Item.Denominator) == (4, 4)).Index);
            for (int beat = 0; beat < 4; beat++)
            {
                Read(SheetTokenKind.Position, beat * 24);
                // The length of each note is another one.
                Read(SheetTokenKind.Duration, 1 + (((bars * 4) + beat) * 7 % 24));
                if (beat == 0) guard.Forbid(logits, reader);
                Read(SheetTokenKind.Right, 60 + beat);
            }
        }
        Assert.Equal(10, bars); // of 32 notes the first has no step before it

        void Read(SheetTokenKind kind, int value)
        {
            Tick now = reader.Now;
            reader.Add(Id(kind, value));
            guard.Add(Id(kind, value), now);
        }
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

    private static int Id(SheetTokenKind kind, int value) => Sheet.IdOf(new SheetToken(kind, value))!.Value;
}
