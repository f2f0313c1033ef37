using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>
/// Scaled dot-product attention over an encoder's results (Vaswani and others 2017, one head): the mean of values weighted by
/// softmax(query key / sqrt(units)).
/// </summary>
/// <remarks>Parameters: <c>query.weight</c>, <c>key.weight</c>, <c>value.weight</c> [units, inputs], without biases.</remarks>
public sealed class DotAttention : Module
{
    private readonly Linear _query, _key, _value;

    /// <summary>A layer with projections drawn as those of <see cref="Linear"/>.</summary>
    /// <param name="queryChannels">Channels of a query, such as a decoder's state.</param>
    /// <param name="memoryChannels">Channels of what is looked at, such as an encoder's results.</param>
    /// <param name="units">Channels in which they are compared, and of the result.</param>
    /// <param name="random">The source of the first weights.</param>
    public DotAttention(int queryChannels, int memoryChannels, int units, RandomSource random)
    {
        _query = Register("query", new Linear(queryChannels, units, random, bias: false));
        _key = Register("key", new Linear(memoryChannels, units, random, bias: false));
        _value = Register("value", new Linear(memoryChannels, units, random, bias: false));
    }

    /// <summary>Projects what is looked at, [batch, positions, memory channels]; once for all queries.</summary>
    public AttentionMemory Prepare(Tape tape, Tensor memory) => new(_key.Forward(tape, memory), _value.Forward(tape, memory));

    /// <summary>Looks at a memory.</summary>
    /// <param name="tape">Where results live and are recorded.</param>
    /// <param name="query">[batch, time, query channels]</param>
    /// <param name="memory">What <see cref="Prepare"/> made.</param>
    /// <returns>The averages, [batch, time, units], and the weights, [batch, time, positions], each row of which sums to 1.</returns>
    public (Tensor Context, Tensor Weights) Forward(Tape tape, Tensor query, AttentionMemory memory)
    {
        var projected = _query.Forward(tape, query);
        var scores = tape.MatMul(projected, memory.Keys, transposeRight: true);
        var weights = tape.Softmax(tape.Scale(scores, 1 / MathF.Sqrt(projected.Shape.Channels)));
        return (tape.MatMul(weights, memory.Values), weights);
    }
}
