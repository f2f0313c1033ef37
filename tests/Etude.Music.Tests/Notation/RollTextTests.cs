using Etude.Music.Notation;
using Etude.Music.Representations.Grids;

namespace Etude.Music.Tests.Notation;

public sealed class RollTextTests
{
    [Fact]
    public void Middle_c_is_H_and_steps_are_parted_by_one_space()
    {
        var roll = new Roll(6, 88);
        roll[0, 60 - 21] = roll[0, 64 - 21] = roll[0, 67 - 21] = roll[1, 60 - 21] = true;
        roll[4, 0] = roll[4, 87] = true;
        Assert.Equal("HLO H   !x \n", RollText.Write(roll));
        Assert.Equal("HLO H\n \n!x \n", RollText.Write(roll, stepsPerLine: 2));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 16)]
    [InlineData(50, 0)]
    [InlineData(50, 16)]
    [InlineData(48, 16)]
    public void Reads_what_it_writes(int steps, int stepsPerLine)
    {
        var random = new Random(steps);
        for (int trial = 0; trial < 10; trial++)
        {
            // Often silent, also in the first and the last step.
            float[] cells = [.. Enumerable.Range(0, steps * 88).Select(_ => random.NextSingle())];
            Roll roll = Roll.FromCells(cells, 88, 0.995f);
            Roll read = RollText.Read(RollText.Write(roll, stepsPerLine));
            Assert.Equal(steps, read.Steps);
            float[] before = new float[cells.Length], after = new float[cells.Length];
            roll.CopyTo(0, before);
            read.CopyTo(0, after);
            Assert.Equal(before, after);
        }
    }

    [Theory]
    [InlineData("HLO H", 2)]
    [InlineData("HLO H\r\n", 2)]
    [InlineData("OLH H\n\n", 3)]
    [InlineData("\n", 1)]
    [InlineData(" ", 2)]
    public void Any_line_end_and_order_will_do(string text, int steps) => Assert.Equal(steps, RollText.Read(text).Steps);

    [Theory]
    [InlineData("HLO H\nH y", "my.txt, line 2, column 3: U+0079")]
    [InlineData("\t", "my.txt, line 1, column 1: U+0009")]
    [InlineData("é", "line 1, column 1")]
    public void What_is_no_key_is_named_with_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => RollText.Read(text, "my.txt")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_roll_of_another_width_is_refused() => Assert.Throws<ArgumentException>(() => RollText.Write(new Roll(1, 176)));
}
