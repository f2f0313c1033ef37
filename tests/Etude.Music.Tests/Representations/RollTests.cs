using Etude.Music.Representations.Grids;

namespace Etude.Music.Tests.Representations;

public sealed class RollTests
{
    [Theory]
    [InlineData(88)]
    [InlineData(64)]
    [InlineData(176)]
    [InlineData(1)]
    public void Cells_go_in_and_come_out(int width)
    {
        var random = new Random(width);
        float[] cells = [.. Enumerable.Range(0, 9 * width).Select(_ => random.NextSingle() < 0.3 ? 1f : 0f)];
        Roll roll = Roll.FromCells(cells, width);
        Assert.Equal((9, width), (roll.Steps, roll.Width));
        Assert.Equal(cells.Sum(), roll.Count);
        Assert.Equal(cells.Average(), roll.Density, 1e-6);
        float[] copy = new float[cells.Length];
        Array.Fill(copy, 7f);
        roll.CopyTo(0, copy);
        Assert.Equal(cells, copy);
        roll.CopyTo(8, copy);
        Assert.Equal([.. cells[(8 * width)..], .. new float[8 * width]], copy);
        for (int i = 0; i < cells.Length; i++) Assert.Equal(cells[i] == 1f, roll[i / width, i % width]);
        roll[3, width - 1] = true;
        Assert.True(roll.Slice(2, 3)[1, width - 1]);
        roll[3, width - 1] = false;
        Assert.False(roll[3, width - 1]);
    }

    [Fact]
    public void Cells_outside_are_refused()
    {
        var roll = new Roll(2, 88);
        Assert.Throws<ArgumentOutOfRangeException>(() => roll[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => roll[0, 88]);
        Assert.Throws<ArgumentOutOfRangeException>(() => roll[0, -1]);
        Assert.Throws<ArgumentException>(() => roll.CopyTo(0, new float[87]));
        Assert.Throws<ArgumentException>(() => Roll.FromCells(new float[87], 88));
    }
}
