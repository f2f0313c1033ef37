using Etude.Music.Scores;

namespace Etude.Music.Tests.Scores;

public sealed class ScoreRulesTests
{
    private static readonly Note Fine = new(new(5), new(5), 60, 64);

    private static Score With(params Note[] notes) => new() { Tracks = [new() { Notes = [.. notes] }] };

    public static TheoryData<Score, string?> Scores => new()
    {
        { new Score(), null },
        { With(Fine, Fine with { Pitch = 61 }), null },
        { With(Fine with { Velocity = 0 }), "velocity" },
        { With(Fine with { Pitch = 128 }), "pitch" },
        { With(Fine with { Duration = Tick.Zero }), "empty" },
        { With(Fine with { Onset = new(-1) }), "out of time" },
        { With(Fine with { Onset = new(int.MaxValue) }), "out of time" },
        { With(Fine, Fine with { Pitch = 59 }), "order" },
        { new Score { TicksPerQuarter = 0 }, "0 ticks" },
        { new Score { Tempos = [] }, "no tempo" },
        { new Score { Tempos = [new(new(1), 1)] }, "first tempo" },
        { new Score { Tempos = [new(new(0), 0)] }, "a tempo of 0" },
        { new Score { Meters = [Meter.Default, Meter.Default] }, "time signature out of order" },
        { new Score { Meters = [new(new(0), 3, 5)] }, "3/5" },
        { new Score { KeySignatures = [new(new(0), 8, false)] }, "8 sharps" },
        { new Score { Tracks = [new() { Program = 128 }] }, "program" },
        { new Score { Tracks = [new() { Pedals = [new(new(0), new(5)), new(new(4), new(5))] }] }, "before the last one ends" },
    };

    [Theory]
    [MemberData(nameof(Scores))]
    public void Names_the_first_fault(Score score, string? words)
    {
        string? fault = score.FirstFault();
        if (words is null) Assert.Null(fault);
        else Assert.Contains(words, fault, StringComparison.Ordinal);
    }
}
