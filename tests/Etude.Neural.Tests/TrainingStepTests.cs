using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Operations;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests;

[Collection(nameof(Alone))]
public sealed class TrainingStepTests
{
    private const int Batch = 4, Time = 12, Vocabulary = 20;

    [Fact]
    public void Learns_one_batch_by_heart()
    {
        var (step, _) = Prepare(dropout: 0);
        float first = step().Value;
        LossValue last = default;
        for (int count = 0; count < 150; count++) last = step();
        Assert.InRange(first, 2.5f, 3.8f); // about ln 20
        Assert.InRange(last.Value, 0, 0.05f);
        Assert.Equal(1, last.Accuracy);
        Assert.Equal(Batch * Time, last.Count);
    }

    [Fact]
    public void Warm_step_allocates_nothing()
    {
        var (step, _) = Prepare(dropout: 0.3f);
        Assert.Equal(0, Allocation.WhenWarm(() => step()));
    }

    [Fact]
    public void No_layer_loss_or_optimizer_allocates_when_warm()
    {
        var random = new RandomSource(3);
        var everything = new Everything(random);
        var parameters = everything.Parameters;
        Optimizer[] optimizers =
        [
            new Adam(parameters), new Muon(parameters), new RmsProp(parameters, new() { Momentum = 0.5f }), new Sgd(parameters, new() { Momentum = 0.5f }),
        ];
        var average = new WeightAverage(parameters, 0.9f);
        var focal = new FocalOptions();
        var x = Near.Random([2, 9, 8]);
        float[] binary = new float[2 * 9 * 8];
        int[] classes = new int[2 * 9];
        using var tape = new Tape();
        Assert.Equal(0, Allocation.WhenWarm(Step));

        void Step()
        {
            foreach (var optimizer in optimizers)
            {
                var y = everything.Forward(tape, x);
                var loss = tape.Add(tape.CrossEntropy(y, classes, 0.1f).Tensor, tape.BinaryCrossEntropy(y, binary).Tensor);
                loss = tape.Add(loss, tape.Add(tape.Focal(y, binary, focal).Tensor, tape.MeanSquaredError(y, binary).Tensor));
                tape.Backward(loss);
                Gradients.ClipByNorm(parameters, 1);
                optimizer.Step();
                tape.Reset();
            }

            average.Update();
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        int threads = Workers.Count;
        try
        {
            float[][] ends = [.. new[] { 1, 2, 5 }.Select(count =>
            {
                Workers.Count = count;
                var (step, parameters) = Prepare(dropout: 0.3f);
                for (int steps = 0; steps < 10; steps++) step();
                return parameters.SelectMany(parameter => parameter.Data.ToArray()).ToArray();
            })];
            Assert.Equal(ends[0], ends[1]);
            Assert.Equal(ends[0], ends[2]);
        }
        finally
        {
            Workers.Count = threads;
        }
    }

    // A small language model and a closure that trains it by one step.
    private static (Func<LossValue> Step, IReadOnlyList<Parameter> Parameters) Prepare(float dropout)
    {
        var random = new RandomSource(1);
        var model = new Model(dropout, random);
        var parameters = model.Parameters;
        var optimizer = new Adam(parameters, new AdamOptions { LearningRate = 0.02f });
        int[] tokens = new int[Batch * Time], targets = new int[Batch * Time];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = random.NextInt32(Vocabulary);
            targets[i] = random.NextInt32(Vocabulary);
        }

        var tape = new Tape();
        var state = model.Lstm.CreateState(Batch);
        return (Step, parameters);

        LossValue Step()
        {
            tape.Reset();
            var x = model.Embedding.Forward(tape, tokens, Batch, Time);
            var (y, _) = model.Lstm.Forward(tape, x, state);
            var loss = tape.CrossEntropy(model.Output.Forward(tape, model.Dropout.Forward(tape, y)), targets);
            tape.Backward(loss.Tensor);
            Gradients.ClipByNorm(parameters, 5);
            optimizer.Step();
            return loss;
        }
    }

    private sealed class Model : Module
    {
        public Model(float dropout, RandomSource random)
        {
            Embedding = Register("embedding", new Embedding(Vocabulary, 16, random));
            Lstm = Register("lstm", new Lstm(16, 32, random));
            Dropout = Register("dropout", new Dropout(dropout, random));
            Output = Register("output", new Linear(32, Vocabulary, random));
        }

        public Embedding Embedding { get; }

        public Lstm Lstm { get; }

        public Dropout Dropout { get; }

        public Linear Output { get; }
    }

    // Every layer, one after another, with 8 channels throughout.
    private sealed class Everything : Module
    {
        private readonly Conv1d _conv;
        private readonly SeparableConv1d _separable;
        private readonly BatchNorm _batchNorm;
        private readonly LayerNorm _layerNorm;
        private readonly Gru _gru;
        private readonly DotAttention _dot;
        private readonly AdditiveAttention _additive;
        private readonly TransformerBlock _block;

        public Everything(RandomSource random)
        {
            _conv = Register("conv", new Conv1d(8, 8, 3, random));
            _separable = Register("separable", new SeparableConv1d(8, 8, 3, random, ConvolutionPadding.Causal));
            _batchNorm = Register("batch_norm", new BatchNorm(8));
            _layerNorm = Register("layer_norm", new LayerNorm(8));
            _gru = Register("gru", new Gru(8, 8, random));
            _dot = Register("dot", new DotAttention(8, 8, 8, random));
            _additive = Register("additive", new AdditiveAttention(8, 8, 8, random));
            _block = Register("block", new TransformerBlock(8, 2, random, dropout: 0.1f));
        }

        public Tensor Forward(Tape tape, Tensor x)
        {
            x = tape.Relu(_batchNorm.Forward(tape, _separable.Forward(tape, _conv.Forward(tape, x))));
            var (y, _) = _gru.Forward(tape, _layerNorm.Forward(tape, x));
            var memory = _additive.Forward(tape, y, _additive.Prepare(tape, x)).Context;
            y = tape.Slice(tape.Concatenate([_dot.Forward(tape, y, _dot.Prepare(tape, memory)).Context, y]), -1, 4, 8);
            return _block.Forward(tape, y);
        }
    }
}
