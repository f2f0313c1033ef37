using Etude.Models;
using Etude.Music.Tests;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Tests.Models;

/// <summary>Every kind of layer composes step by step exactly what it was trained to over whole sequences.</summary>
public sealed class SequenceLayerTests
{
    private const int Batch = 3, Time = 11, Inputs = 6;

    public static TheoryData<string> Kinds => [.. All.Keys];

    [Fact]
    public void What_the_document_shows_is_the_example()
    {
        string root = SharedData.RepositoryRoot();
        string code = File.ReadAllText(Path.Combine(root, "tests/Etude.Tests/Models/ResidualOptions.cs"));
        Assert.Contains(
            code[code.IndexOf("/// <summary>", StringComparison.Ordinal)..].TrimEnd(), File.ReadAllText(Path.Combine(root, "docs/architecture.md")), StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, LayerOptions> All = new()
    {
        ["lstm"] = new LstmOptions(7),
        ["gru"] = new GruOptions(7),
        ["conv1d"] = new Conv1dOptions(7, 4, ActivationKind.Relu),
        ["conv1d of one step"] = new Conv1dOptions(7, 1),
        ["separable-conv1d"] = new SeparableConv1dOptions(7, 4, ActivationKind.Tanh),
        ["dense"] = new DenseOptions(7, ActivationKind.Elu),
        ["dropout"] = new DropoutOptions(0.5f),
        ["batch-norm"] = new BatchNormOptions(),
        ["layer-norm"] = new LayerNormOptions(),
        ["transformer"] = new TransformerOptions(2, 3) { Widening = 2, Mixed = 1 },
        ["transformer of a short context, mixed"] = new TransformerOptions(2, 1) { Context = 3, Mixed = 3 },
        ["the example of docs/architecture.md"] = new ResidualOptions(),
        ["activation"] = new ActivationOptions(ActivationKind.Gelu),
    };

    [Fact]
    public void EveryKindIsTried()
    {
        var known = typeof(LayerOptions).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerOptions)));
        Assert.Equal(known.Append(typeof(ResidualOptions)).ToHashSet(), All.Values.Select(options => options.GetType()).ToHashSet());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void StepByStepEqualsTheWholeSequence(string kind) => EqualsWhole(kind, [.. Enumerable.Repeat(1, Time)]);

    [Theory, MemberData(nameof(Kinds))]
    public void ASplitSequenceEqualsTheWhole(string kind) => EqualsWhole(kind, [2, 6, 3]);

    [Theory, MemberData(nameof(Kinds))]
    public void TheFutureIsNotSeen(string kind)
    {
        Sequential network = Trained(kind);
        using var tape = new Tape(training: false);
        Tensor x = Noise(Time);
        float[] whole = Run(network, tape, x, network.CreateMemory(Batch));
        x.Data[^Inputs..].Fill(100); // the last step of the last lane
        float[] changed = Run(network, tape, x, network.CreateMemory(Batch));
        Assert.Equal(whole[..^network.Outputs], changed[..^network.Outputs]);
        Assert.NotEqual(whole[^network.Outputs..], changed[^network.Outputs..]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_lies_beyond_the_reach_changes_nothing_and_what_lies_within_does(string kind)
    {
        Sequential network = Trained(kind);
        if (network.Reach is not int reach || reach + 2 > Time) return; // no limit, or beyond the sequence
        foreach (Parameter parameter in network.Parameters) parameter.Normal(0.7f, new RandomSource((ulong)parameter.Length)); // what is far counts
        using var tape = new Tape(training: false);
        Tensor x = Noise(Time);
        float[] whole = Run(network, tape, x, network.CreateMemory(Batch));
        Change(x, Time - 2 - reach);
        Assert.Equal(whole[^network.Outputs..], Run(network, tape, x, network.CreateMemory(Batch))[^network.Outputs..]);
        Change(x, Time - 1 - reach);
        Assert.NotEqual(whole[^network.Outputs..], Run(network, tape, x, network.CreateMemory(Batch))[^network.Outputs..]);

        static void Change(Tensor x, int step)
        {
            foreach (ref float value in x.Data.Slice((((Batch - 1) * Time) + step) * Inputs, Inputs)) value = -3 * value;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void AForgottenLaneBeginsAnew(string kind)
    {
        Sequential network = Trained(kind);
        using var tape = new Tape(training: false);
        float[] first = Run(network, tape, Noise(Time), network.CreateMemory(Batch));
        NetworkMemory memory = network.CreateMemory(Batch);
        Run(network, tape, Noise(4), memory);
        memory.Clear(1);
        float[] again = Run(network, tape, Noise(Time), memory);
        int lane = Time * network.Outputs;
        Assert.Equal(first[lane..(2 * lane)], again[lane..(2 * lane)]);
    }

    private static void EqualsWhole(string kind, int[] parts)
    {
        Sequential network = Trained(kind);
        using var tape = new Tape(training: false);
        Tensor x = Noise(Time);
        float[] whole = Run(network, tape, x, network.CreateMemory(Batch));
        NetworkMemory memory = network.CreateMemory(Batch);
        int channels = network.Outputs, begin = 0;
        foreach (int steps in parts)
        {
            float[] part = Run(network, tape, Steps(x, begin, steps), memory);
            for (int lane = 0; lane < Batch; lane++)
            {
                float[] expected = whole[((lane * Time + begin) * channels)..((lane * Time + begin + steps) * channels)];
                float[] actual = part[(lane * steps * channels)..((lane + 1) * steps * channels)];
                for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
            }
            begin += steps;
        }
        Assert.Equal(Time, begin);
    }

    // A few steps of training first: a fresh batch-norm does nothing that could be told from nothing.
    private static Sequential Trained(string kind)
    {
        var network = new Sequential(Inputs, [All[kind]], new RandomSource(2));
        if (network.Parameters.Count == 0) return network;
        var optimizer = new Sgd(network.Parameters, new SgdOptions { LearningRate = 0.1f });
        NetworkMemory memory = network.CreateMemory(Batch);
        using var tape = new Tape();
        for (int step = 0; step < 3; step++)
        {
            Tensor y = network.Forward(tape, Noise(Time, seed: 10 + (ulong)step), memory);
            tape.Backward(tape.CrossEntropy(y, [.. Enumerable.Range(0, Batch * Time).Select(row => row % network.Outputs)]).Tensor);
            optimizer.Step();
            tape.Reset();
        }
        return network;
    }

    private static float[] Run(Sequential network, Tape tape, Tensor x, NetworkMemory memory)
    {
        float[] y = network.Forward(tape, x, memory).Data.ToArray();
        tape.Reset();
        return y;
    }

    private static Tensor Noise(int time, ulong seed = 1)
    {
        var random = new RandomSource(seed);
        var x = new Tensor([Batch, time, Inputs]);
        foreach (ref float value in x.Data) value = (float)random.NextDouble() * 2 - 1;
        return x;
    }

    private static Tensor Steps(Tensor x, int begin, int count)
    {
        var part = new Tensor([Batch, count, Inputs]);
        for (int lane = 0; lane < Batch; lane++)
        {
            x.Data.Slice((lane * Time + begin) * Inputs, count * Inputs).CopyTo(part.Data[(lane * count * Inputs)..]);
        }
        return part;
    }
}
