using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// Remembers the tokens of a sequence and finds what followed when the latest ones stood there before: the follower of the longest
/// earlier occurrence, of equals the last. The network is told the follower and how many tokens agreed, and decides by how much its
/// logit is raised: a cache of the piece's own past (Grave and others 2017) with a pointer (Merity and others 2017) to one place.
/// </summary>
/// <remarks>
/// The memory of a sequence is a row of the number of tokens and the tokens themselves, each one up, so that zeros are an empty one.
/// When it is full the older half is forgotten.
/// </remarks>
internal sealed class Recall : Module
{
    /// <summary>The fewest tokens that must agree.</summary>
    public const int Shortest = 2;

    /// <summary>How many agreeing tokens are counted at most.</summary>
    public const int Longest = 64;

    /// <summary>How many followers it tells of, the likeliest first.</summary>
    public const int Followers = 2;

    private const int Degrees = 15;
    private readonly int _tokens, _rows;
    private readonly Embedding _follower, _degree;
    private readonly Linear _raise;

    /// <summary>Draws fresh weights.</summary>
    /// <param name="tokens">How many tokens back it sees at most, 2 or more; at least half of them.</param>
    /// <param name="classes">The number of tokens there are.</param>
    /// <param name="inputs">Channels of what the first layer reads.</param>
    /// <param name="outputs">Channels of what the last layer gives.</param>
    /// <param name="deviation">That of the first rows.</param>
    /// <param name="random">The source of the first weights.</param>
    public Recall(int tokens, int classes, int inputs, int outputs, float deviation, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 2);
        (_tokens, _rows) = (tokens, classes + 1); // the last of each table: none
        _follower = Register("follower", new Embedding(Followers * _rows, inputs, random, deviation));
        _degree = Register("degree", new Embedding(Followers * Degrees, inputs, random, deviation));
        _raise = Register("raise", new Linear(outputs, Followers, random));
    }

    /// <summary>Empty memories, [batch, 1 + tokens].</summary>
    public Tensor CreateMemory(int batch) => new([batch, 1 + _tokens]);

    /// <summary>Reads tokens and adds to what stands for them what is recalled at each.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, inputs]</param>
    /// <param name="tokens">[batch, time]</param>
    /// <param name="memory">Where to go on from; taken on.</param>
    /// <param name="followers">[batch, time, <see cref="Followers"/>]: become the tokens that are recalled at each, -1 for none.</param>
    /// <returns>[batch, time, inputs]</returns>
    public Tensor Tell(Tape tape, Tensor x, ReadOnlySpan<int> tokens, Tensor memory, Span<int> followers)
    {
        int count = tokens.Length, batch = memory.Shape[0], time = count / batch;
        int[] ids = ArrayPool<int>.Shared.Rent(2 * Followers * count);
        Span<int> rows = ids.AsSpan(0, Followers * count), degrees = ids.AsSpan(Followers * count, Followers * count); // [follower, batch, time]
        Span<Recollection> found = stackalloc Recollection[Followers];
        for (int i = 0; i < count; i++)
        {
            Read(memory.Data.Slice(i / time * (1 + _tokens), 1 + _tokens), tokens[i], found);
            for (int n = 0; n < Followers; n++)
            {
                followers[(i * Followers) + n] = found[n].Follower;
                rows[(n * count) + i] = (n * _rows) + (found[n].Follower < 0 ? _rows - 1 : found[n].Follower);
                degrees[(n * count) + i] = (n * Degrees) + Degree(found[n].Agreeing);
            }
        }
        for (int n = 0; n < Followers; n++)
        {
            x = tape.Add(x, _follower.Forward(tape, rows.Slice(n * count, count), batch, time));
            x = tape.Add(x, _degree.Forward(tape, degrees.Slice(n * count, count), batch, time));
        }
        ArrayPool<int>.Shared.Return(ids);
        return x;
    }

    /// <summary>Raises the logits of the tokens that are recalled by as much as the last layer decides.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="logits">[..., classes]</param>
    /// <param name="y">[..., outputs]</param>
    /// <param name="followers">[..., <see cref="Followers"/>]; -1 for none.</param>
    public Tensor Raise(Tape tape, Tensor logits, Tensor y, ReadOnlySpan<int> followers) =>
        tape.AddToColumns(logits, followers, _raise.Forward(tape, y));

    /// <summary>What followed the latest tokens of one sequence before, the longest agreement first, each follower once.</summary>
    /// <param name="memory">[1 + tokens]</param>
    /// <param name="found">Becomes that; <see cref="Recollection.None"/> where there is no more.</param>
    internal static void Find(ReadOnlySpan<float> memory, Span<Recollection> found)
    {
        found.Fill(Recollection.None);
        ReadOnlySpan<float> past = memory.Slice(1, (int)memory[0]);
        // The bits are compared, as equal numbers have equal bits and whole ones are searched by vectors.
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(past);
        int last = bits.Length - 1;
        for (int place = last; found[^1].Agreeing < Longest;)
        {
            place = bits[..place].LastIndexOf(bits[last]);
            if (place < 0) return;
            int agreeing = 1;
            while (agreeing < Longest && agreeing <= place && bits[place - agreeing] == bits[last - agreeing]) agreeing++;
            if (agreeing >= Shortest) Insert(found, new Recollection((int)past[place + 1] - 1, agreeing));
        }
    }

    /// <summary>Reads the next token of one sequence.</summary>
    /// <param name="memory">[1 + tokens]</param>
    /// <param name="token">0 or more.</param>
    /// <param name="found">Becomes what followed the latest tokens before, the longest agreement first, each follower once.</param>
    internal static void Read(Span<float> memory, int token, Span<Recollection> found)
    {
        Remember(memory, token);
        Find(memory, found);
    }

    /// <summary>Takes note of the next token of one sequence.</summary>
    /// <param name="memory">[1 + tokens]</param>
    /// <param name="token">0 or more.</param>
    internal static void Remember(Span<float> memory, int token)
    {
        Span<float> past = memory[1..];
        int count = (int)memory[0];
        if (count == past.Length)
        {
            int kept = count / 2;
            past[(count - kept)..].CopyTo(past);
            count = kept;
        }
        past[count] = token + 1;
        memory[0] = count + 1;
    }

    // Each number of agreeing tokens to 8, then two steps an octave; the longest are the 15th.
    private static int Degree(int agreeing)
    {
        if (agreeing < 8) return agreeing;
        int octave = BitOperations.Log2((uint)agreeing);
        return 8 + (2 * (octave - 3)) + ((agreeing >> (octave - 1)) & 1);
    }

    // Later places come first, so that of equals the last one stays ahead. Each follower is kept once, where most agreed.
    private static void Insert(Span<Recollection> found, Recollection next)
    {
        int at = 0;
        while (at < found.Length - 1 && found[at].Follower != next.Follower) at++;
        if (found[at].Agreeing >= next.Agreeing) return;
        for (; at > 0 && found[at - 1].Agreeing < next.Agreeing; at--) found[at] = found[at - 1];
        found[at] = next;
    }

    /// <summary>A token that followed the latest ones before.</summary>
    /// <param name="Follower">The token; -1 for none.</param>
    /// <param name="Agreeing">How many tokens agreed.</param>
    internal readonly record struct Recollection(int Follower, int Agreeing)
    {
        public static Recollection None => new(-1, 0);
    }
}
