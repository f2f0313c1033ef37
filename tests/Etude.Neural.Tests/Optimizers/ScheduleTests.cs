using Etude.Neural.Layers;
using Etude.Neural.Optimizers;

namespace Etude.Neural.Tests.Optimizers;

public sealed class ScheduleTests
{
    [Fact]
    public void Cosine_rises_then_falls()
    {
        var schedule = new CosineSchedule(1, TotalSteps: 110, WarmUpSteps: 10, Floor: 0.1f);
        Assert.Equal(0.1f, schedule.At(0), 1e-6f);
        Assert.Equal(1, schedule.At(9), 1e-6f);
        Assert.Equal(1, schedule.At(10), 1e-6f);
        Assert.Equal(0.55f, schedule.At(60), 1e-6f);
        Assert.Equal(0.1f, schedule.At(110));
        Assert.Equal(0.1f, schedule.At(100_000));
    }

    [Fact]
    public void Step_and_constant()
    {
        var schedule = new StepSchedule(1, Every: 5, Factor: 0.5f);
        Assert.Equal([1, 1, 0.5f, 0.5f, 0.25f], new[] { 0, 4, 5, 9, 10 }.Select(schedule.At));
        Assert.Equal(0.3f, new ConstantSchedule(0.3f).At(77));
    }

    [Fact]
    public void Plateau_waits_and_can_be_taken_up_again()
    {
        var schedule = new PlateauSchedule(1, patience: 1, factor: 0.5f, floor: 0.3f);
        Assert.Equal([1, 1, 1, 1, 1, 0.5f], new[] { 3.0, 2, 2.5, 1, 1, 1 }.Select(schedule.Observe));
        var resumed = new PlateauSchedule(9, patience: 1, factor: 0.5f, floor: 0.3f);
        resumed.State.CopyFrom(schedule.State);
        Assert.Equal(schedule.Observe(1), resumed.Observe(1));
        Assert.Equal((0.3f, 0.3f), (schedule.Observe(1), resumed.Observe(1)));
        Assert.Equal(0.3f, schedule.Observe(double.NaN));
    }

    [Fact]
    public void Average_follows_and_swaps()
    {
        var parameter = new Parameter([1]);
        var average = new WeightAverage([parameter], 0.5f);
        parameter.Data[0] = 8;
        average.Update();
        average.Update();
        average.Swap();
        Assert.Equal(6, parameter.Data[0]);
        average.Swap();
        Assert.Equal(8, parameter.Data[0]);
    }

    [Fact]
    public void Clipping_tells_the_norm_and_leaves_small_ones_alone()
    {
        var parameter = new Parameter([2]);
        (parameter.Gradient[0], parameter.Gradient[1]) = (3, 4);
        Assert.Equal(5, Gradients.ClipByNorm([parameter], 10));
        Assert.Equal([3, 4], parameter.Gradient);
        Assert.Equal(5, Gradients.ClipByNorm([parameter], 1));
        Assert.Equal(1, Gradients.Norm([parameter]), 1e-5);
        parameter.Gradient[0] = float.NaN;
        Assert.Equal(double.NaN, Gradients.ClipByNorm([parameter], 1));
    }

    [Fact]
    public void Refuses_nothing_and_two_of_a_name()
    {
        Assert.Throws<ArgumentException>(() => new Adam([]));
        Assert.Throws<ArgumentException>(() => new Adam([new Parameter([1]), new Parameter([1])]));
    }
}
