using Etude.Neural.Autograd;
using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Layers;

/// <summary>Going step by step without a tape gives what the whole sequence gives, and allocates nothing.</summary>
[Collection(nameof(Alone))]
public sealed class GenerationTests
{
    private readonly RandomSource _random = new(5);

    [Theory]
    [InlineData(1), InlineData(7)]
    public void Lstm(int batch)
    {
        const int time = 6;
        var layer = new Lstm(3, 10, _random);
        var x = Near.Random([batch, time, 3]);
        using var tape = new Tape(training: false);
        var (y, final) = layer.Forward(tape, x);
        var state = layer.CreateState(batch);
        for (int t = 0; t < time; t++)
        {
            layer.Step(StepOf(x, t), state);
            Near.Equal(StepOf(y, t), state.Hidden.Data, 1e-5);
        }

        Near.Equal(final.Cell.Data, state.Cell.Data, 1e-5);
        AllocatesNothing(() => layer.Step(x.Data[..(batch * 3)], state));
        Assert.Throws<ArgumentException>(() => layer.Step(x.Data[..(batch * 3 - 1)], state));
    }

    [Theory]
    [InlineData(1), InlineData(7)]
    public void Gru(int batch)
    {
        const int time = 6;
        var layer = new Gru(3, 10, _random);
        layer.BiasHidden.Normal(1, _random);
        var x = Near.Random([batch, time, 3]);
        using var tape = new Tape(training: false);
        var (y, _) = layer.Forward(tape, x);
        var state = layer.CreateState(batch);
        for (int t = 0; t < time; t++)
        {
            layer.Step(StepOf(x, t), state);
            Near.Equal(StepOf(y, t), state.Data, 1e-5);
        }

        AllocatesNothing(() => layer.Step(x.Data[..(batch * 3)], state));
    }

    [Theory]
    [InlineData(1), InlineData(7)]
    public void Transformer(int batch)
    {
        const int time = 70;
        var block = new TransformerBlock(8, 2, _random);
        var x = Near.Random([batch, time, 8]);
        using var tape = new Tape(training: false);
        var y = block.Forward(tape, x);
        var cache = block.CreateCache(batch, time);
        for (int t = 0; t < time; t++)
        {
            float[] step = StepOf(x, t);
            block.Step(step, cache);
            Near.Equal(StepOf(y, t), step, 1e-5);
        }

        float[] next = StepOf(x, 0);
        AllocatesNothing(() => block.Step(next, cache));
    }

    [Fact]
    public void Transformer_that_is_normalized_and_knows_the_time()
    {
        const int batch = 2, time = 9;
        var block = new TransformerBlock(16, 2, _random, mixed: 3, normalized: true);
        var x = Near.Random([batch, time, 16]);
        float[] bars = [.. Enumerable.Range(0, batch * time).Select(i => i * i % 7 / 3f)];
        using var tape = new Tape(training: false);
        var y = block.Forward(tape, x, null, tape.Turns(batch, time, 8, bars: bars));
        var cache = block.CreateCache(batch, time);
        for (int t = 0; t < time; t++)
        {
            float[] step = StepOf(x, t), now = [bars[t], bars[time + t]];
            block.Step(step, cache, tape, tape.Turns(batch, 1, 8, cache, now));
            Near.Equal(StepOf(y, t), step, 1e-5);
        }

        // It is heard, but only the time between steps matters.
        Assert.False(y.Data.SequenceEqual(block.Forward(tape, x).Data));
        float[] later = [.. bars.Select(bar => bar + 5.25f)];
        Near.Equal(y.Data, block.Forward(tape, x, null, tape.Turns(batch, time, 8, bars: later)).Data, 1e-4);
        Assert.Throws<ArgumentException>(() => tape.Turns(batch, time, 8, bars: bars.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => block.Forward(tape, x, null, tape.Turns(batch, time, 4)));
    }

    // Five sequences and more take packed weights, which a tape keeps from step to step.
    [Fact]
    public void Many_sequences_with_a_tape_whose_weights_stay()
    {
        const int batch = 6;
        using var tape = new Tape(training: false) { WeightsStay = true };
        var block = new TransformerBlock(8, 2, _random, mixed: 3);
        AttentionCache alone = block.CreateCache(batch, 4), kept = block.CreateCache(batch, 4);
        var lstm = new Lstm(8, 8, _random);
        var gru = new Gru(8, 8, _random);
        LstmState lstmAlone = lstm.CreateState(batch), lstmKept = lstm.CreateState(batch);
        Tensor gruAlone = gru.CreateState(batch), gruKept = gru.CreateState(batch);
        for (int t = 0; t < 7; t++)
        {
            float[] x = Near.Random([batch, 1, 8]).Data.ToArray(), expected = [.. x], actual = [.. x];
            block.Step(expected, alone);
            block.Step(actual, kept, tape);
            lstm.Step(x, lstmAlone);
            lstm.Step(x, lstmKept, tape);
            gru.Step(x, gruAlone);
            gru.Step(x, gruKept, tape);
            tape.Reset();
            Assert.Equal(expected, actual);
            Assert.Equal(lstmAlone.Cell.Data, lstmKept.Cell.Data);
            Assert.Equal(gruAlone.Data, gruKept.Data);
        }

        // That a weight is not packed again shows where it does change after all.
        float[] next = new float[batch * 8];
        gru.WeightHidden.Constant(0);
        gru.Step(next, gruAlone);
        gru.Step(next, gruKept, tape);
        Assert.False(gruAlone.Data.SequenceEqual(gruKept.Data));
        AllocatesNothing(() => block.Step(next, kept, tape));
    }

    [Fact]
    public void Transformer_of_8_bit_weights()
    {
        const int time = 9;
        var block = new TransformerBlock(32, 2, _random, mixed: 3);
        var file = new SafetensorsFile();
        file.Store(block, WeightPrecision.Int8);
        var stream = new MemoryStream();
        file.WriteTo(stream);
        float[] exact = [.. block.Parameters[1].Data];
        SafetensorsFile.Parse(stream.ToArray(), "int8").Restore(block);
        for (int row = 0; row < 96; row++)
        {
            float largest = 0;
            for (int i = 0; i < 32; i++) largest = MathF.Max(largest, MathF.Abs(exact[row * 32 + i]));
            for (int i = row * 32; i < (row + 1) * 32; i++) Assert.Equal(exact[i], block.Parameters[1].Data[i], largest / 253);
        }

        // Whole sequences take the rounded values as floats, steps as integers.
        var x = Near.Random([1, time, 32]);
        using var tape = new Tape(training: false);
        var y = block.Forward(tape, x);
        var cache = block.CreateCache(1, time);
        for (int t = 0; t < time; t++)
        {
            float[] step = StepOf(x, t);
            block.Step(step, cache);
            Near.Equal(StepOf(y, t), step, 1e-5);
        }

        float[] next = StepOf(x, 0);
        AllocatesNothing(() => block.Step(next, cache));
        Assert.NotNull(block.Parameters[1].Quantized);
        _ = new Adam(block.Parameters);
        Assert.Null(block.Parameters[1].Quantized);
    }

    [Fact]
    public void Attention_whose_cache_is_full_looks_at_the_last_steps()
    {
        const int time = 12, capacity = 5;
        var layer = new CausalAttention(8, 2, _random);
        var x = Near.Random([1, time, 8]);
        var cache = layer.CreateCache(1, capacity);
        float[] y = new float[8];
        for (int t = 0; t < time; t++) layer.Step(x.Data.Slice(t * 8, 8), cache, y);
        // Positions only matter relative to each other: the last steps alone give the same.
        using var tape = new Tape(training: false);
        var last = layer.Forward(tape, tape.Slice(x, 1, time - capacity, capacity));
        Near.Equal(StepOf(last, capacity - 1), y, 1e-5);
        Assert.Equal((12, 5), (cache.Position(0), cache.Count(0)));
    }

    [Fact]
    public void Layers_without_state()
    {
        var x = Near.Random([5, 8]);
        var linear = new Linear(8, 4, _random);
        var layerNorm = new LayerNorm(8);
        var rmsNorm = new RmsNorm(8);
        layerNorm.Weight.Normal(1, _random);
        rmsNorm.Weight.Normal(1, _random);
        using var tape = new Tape();
        float[] y = new float[20], z = new float[40];
        linear.Apply(x.Data, y);
        Near.Equal(linear.Forward(tape, x).Data, y, 1e-6);
        layerNorm.Apply(x.Data, z);
        Near.Equal(layerNorm.Forward(tape, x).Data, z, 1e-6);
        rmsNorm.Apply(x.Data, z);
        Near.Equal(rmsNorm.Forward(tape, x).Data, z, 1e-6);
        AllocatesNothing(() =>
        {
            linear.Apply(x.Data, y);
            layerNorm.Apply(x.Data, z);
            rmsNorm.Apply(x.Data, z);
        });
        Assert.Throws<ArgumentException>(() => linear.Apply(x.Data[..7], y));
    }

    private static void AllocatesNothing(Action action) => Assert.Equal(0, Allocation.WhenWarm(action));

    // [batch, channels] at one step of [batch, time, channels]
    private static float[] StepOf(Tensor sequence, int t)
    {
        int channels = sequence.Shape[2];
        return [.. Enumerable.Range(0, sequence.Shape[0]).SelectMany(b => sequence.Data.Slice((b * sequence.Shape[1] + t) * channels, channels).ToArray())];
    }
}
