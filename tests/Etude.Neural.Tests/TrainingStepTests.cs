using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests;

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
        for (int count = 0; count < 3; count++) step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int count = 0; count < 5; count++) step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
}
