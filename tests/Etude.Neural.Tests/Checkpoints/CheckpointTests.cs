using Etude.Neural.Autograd;
using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData("adam"), InlineData("rmsprop"), InlineData("sgd")]
    public void A_resumed_run_is_the_uninterrupted_run_bit_for_bit(string optimizer)
    {
        var through = new Run(1, optimizer);
        through.Steps(6);

        var first = new Run(1, optimizer);
        first.Steps(3);
        var stream = new MemoryStream();
        first.Save().WriteTo(stream);
        var second = new Run(99, optimizer); // other first weights, to be overwritten
        second.Restore(SafetensorsFile.Parse(stream.ToArray(), "state"));
        second.Steps(3);

        foreach (var (expected, actual) in through.Network.State.Zip(second.Network.State)) Assert.Equal(expected.Data, actual.Data);
        Assert.Equal(through.Random.Position, second.Random.Position);
    }

    [Fact]
    public void Names_are_those_of_the_modules()
    {
        Assert.Equal(
            ["lstm.0.weight_ih", "lstm.0.weight_hh", "lstm.0.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "output.weight", "output.bias"],
            new Network(new RandomSource(1)).State.Select(parameter => parameter.Name));
    }

    [Fact]
    public void What_does_not_fit_is_named_and_nothing_is_changed()
    {
        var network = new Network(new RandomSource(1));
        float[] before = [.. network.State[0].Data];
        var file = new SafetensorsFile();
        file.Store(new Network(new RandomSource(2)));
        file.Tensors.Remove("output.bias");
        var missing = Assert.Throws<SafetensorsException>(() => file.Restore(network));
        Assert.Contains("\"output.bias\"", missing.Message, StringComparison.Ordinal);
        file.Tensors.Add("output.bias", SafetensorsTensor.From(new Tensor([5])));
        var misfit = Assert.Throws<SafetensorsException>(() => file.Restore(network));
        Assert.Contains("[5]; [3] is needed", misfit.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.State[0].Data);
    }

    private sealed class Network : Module
    {
        public Network(RandomSource random)
        {
            Lstm = Register("lstm.0", new Lstm(4, 6, random));
            Norm = Register("norm", new BatchNorm(6));
            Dropout = Register("dropout", new Dropout(0.3f, random));
            Output = Register("output", new Linear(6, 3, random));
        }

        public Lstm Lstm { get; }

        public BatchNorm Norm { get; }

        public Dropout Dropout { get; }

        public Linear Output { get; }
    }

    private sealed class Run
    {
        private readonly Optimizer _optimizer;
        private readonly WeightAverage _average;

        public Run(ulong seed, string optimizer)
        {
            Random = new RandomSource(seed);
            Network = new Network(Random);
            _optimizer = optimizer switch
            {
                "adam" => new Adam(Network.Parameters),
                "rmsprop" => new RmsProp(Network.Parameters, new() { Momentum = 0.5f }),
                _ => new Sgd(Network.Parameters, new() { Momentum = 0.9f }),
            };
            _average = new WeightAverage(Network.Parameters, 0.9f);
        }

        public Network Network { get; }

        public RandomSource Random { get; }

        public void Steps(int count)
        {
            var x = Near.Random([2, 5, 4]);
            int[] targets = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0];
            using var tape = new Tape();
            for (int step = 0; step < count; step++)
            {
                var (y, _) = Network.Lstm.Forward(tape, x);
                var logits = Network.Output.Forward(tape, Network.Dropout.Forward(tape, Network.Norm.Forward(tape, y)));
                tape.Backward(tape.CrossEntropy(logits, targets).Tensor);
                _optimizer.Step();
                _average.Update();
                tape.Reset();
            }
        }

        public SafetensorsFile Save()
        {
            var file = new SafetensorsFile();
            file.Store(Network);
            file.Store("optimizer", _optimizer);
            file.Store("average", _average.State);
            file.Store("random", Random);
            return file;
        }

        public void Restore(SafetensorsFile file)
        {
            file.Restore(Network);
            file.Restore("optimizer", _optimizer);
            file.Restore("average", _average.State);
            file.Restore("random", Random);
        }
    }
}
