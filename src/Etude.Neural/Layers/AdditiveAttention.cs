using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// Additive attention over an encoder's results (Bahdanau and others 2015): their mean weighted by
/// softmax(score . tanh(W query + U memory)).
/// </summary>
/// <remarks>
/// Parameters: <c>query.weight</c> [units, query channels], <c>key.weight</c> [units, memory channels], <c>score</c> [units].
/// </remarks>
public sealed class AdditiveAttention : Module
{
    private readonly Linear _query, _key;
    private readonly Parameter _score;

    /// <summary>A layer with projections drawn as those of <see cref="Linear"/>.</summary>
    /// <param name="queryChannels">Channels of a query, such as a decoder's state.</param>
    /// <param name="memoryChannels">Channels of what is looked at, such as an encoder's results, and of the result.</param>
    /// <param name="units">Channels in which they are compared.</param>
    /// <param name="random">The source of the first weights.</param>
    public AdditiveAttention(int queryChannels, int memoryChannels, int units, RandomSource random)
    {
        _query = Register("query", new Linear(queryChannels, units, random, bias: false));
        _key = Register("key", new Linear(memoryChannels, units, random, bias: false));
        _score = Register("score", new Parameter([units]).Uniform(MathF.Sqrt(6f / (units + 1)), random));
    }

    /// <summary>Projects what is looked at, [batch, positions, memory channels]; once for all queries.</summary>
    public AttentionMemory Prepare(Tape tape, Tensor memory) => new(_key.Forward(tape, memory), memory);

    /// <summary>Looks at a memory.</summary>
    /// <param name="tape">Where results live and are recorded.</param>
    /// <param name="query">[batch, time, query channels]</param>
    /// <param name="memory">What <see cref="Prepare"/> made.</param>
    /// <returns>The averages, [batch, time, memory channels], and the weights, [batch, time, positions], each row of which sums to 1.</returns>
    public (Tensor Context, Tensor Weights) Forward(Tape tape, Tensor query, AttentionMemory memory)
    {
        var weights = tape.Softmax(Scores(tape, _query.Forward(tape, query), memory.Keys));
        return (tape.MatMul(weights, memory.Values), weights);
    }

    // scores[b, t, s] = score . tanh(queries[b, t] + keys[b, s]); the tanh is kept for the backward pass.
    private Tensor Scores(Tape tape, Tensor queries, Tensor keys)
    {
        int batch = queries.Shape[0], time = queries.Shape[1], positions = keys.Shape[1], units = keys.Shape[2];
        if (keys.Shape[0] != batch) throw new ArgumentException($"Queries {queries.Shape} and memory {keys.Shape} are of different batches.", nameof(keys));
        bool trains = queries.RequiresGradient || keys.RequiresGradient || _score.RequiresGradient;
        var scores = tape.Allocate([batch, time, positions], trains);
        var tanh = tape.ScratchBuffer(scores.Length * units);
        for (int row = 0; row < batch * time; row++)
        {
            var query = queries.Data.Slice(row * units, units);
            var sums = tanh.Slice(row * positions * units, positions * units);
            keys.Data.Slice(row / time * positions * units, positions * units).CopyTo(sums);
            Elementwise.AddRow(positions, query, sums);
            Activations.Tanh(sums, sums);
            Gemv.Multiply(positions, units, sums, _score.Data, default, scores.Data.Slice(row * positions, positions), false);
        }

        if (scores.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Queries, operation.Keys, operation.Scores, operation.Score, operation.Tanh) = (queries, keys, scores, _score, tanh);
        }

        return scores;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor Queries = null!, Keys = null!, Scores = null!;
        public Parameter Score = null!;
        public AlignedBuffer Tanh = null!;

        public override void Backward()
        {
            int batch = Queries.Shape[0], time = Queries.Shape[1], positions = Keys.Shape[1], units = Keys.Shape[2];
            var buffer = BufferPool.Shared.Rent(units);
            var slope = buffer.Slice(0, units);
            for (int row = 0; row < batch * time; row++)
            {
                for (int position = 0; position < positions; position++)
                {
                    float upstream = Scores.Gradient[row * positions + position];
                    var tanh = Tanh.Slice((row * positions + position) * units, units);
                    if (Score.RequiresGradient) Elementwise.ScaleAdd(tanh, upstream, Score.Gradient);
                    Elementwise.Scale(Score.Data, upstream, slope);
                    if (Queries.RequiresGradient) Activations.TanhBackward(tanh, slope, Queries.Gradient.Slice(row * units, units));
                    if (Keys.RequiresGradient)
                        Activations.TanhBackward(tanh, slope, Keys.Gradient.Slice((row / time * positions + position) * units, units));
                }
            }

            BufferPool.Shared.Return(buffer);
        }
    }
}
