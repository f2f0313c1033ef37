namespace Etude.Corpora.Batches;

/// <summary>Sequences to train on side by side. Its arrays belong to the <see cref="TokenBatches"/> that gave it, which fills them anew.</summary>
public sealed class TokenBatch
{
    /// <summary>Stands among the targets where there is none to predict.</summary>
    public const int Ignored = -1;

    private readonly Segment[] segments;

    internal TokenBatch(int lanes, int steps)
    {
        (Lanes, Steps) = (lanes, steps);
        Inputs = new int[lanes * steps];
        Targets = new int[lanes * steps];
        Resets = new bool[lanes];
        segments = new Segment[lanes];
    }

    /// <summary>Sequences side by side.</summary>
    public int Lanes { get; }

    /// <summary>Steps of a sequence.</summary>
    public int Steps { get; }

    /// <summary>The tokens to read, [lane, step]; padding after the end of a piece and in empty lanes.</summary>
    public int[] Inputs { get; }

    /// <summary>The token that follows each of them, [lane, step]; <see cref="Ignored"/> where the input is padding.</summary>
    public int[] Targets { get; }

    /// <summary>For each lane, whether the state must be cleared before this batch.</summary>
    public bool[] Resets { get; }

    /// <summary>Where each lane is taken from.</summary>
    public ReadOnlySpan<Segment> Segments => segments;

    /// <summary>The number of targets that count.</summary>
    public int TargetCount { get; private set; }

    /// <summary>Takes targets out of what counts.</summary>
    /// <param name="isIgnored">Given the piece's place in its list and the target's place in the piece.</param>
    internal void Ignore(Func<int, int, bool> isIgnored)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            Segment segment = segments[lane];
            for (int step = 0; step < segment.Length; step++)
            {
                ref int target = ref Targets[lane * Steps + step];
                if (target == Ignored || !isIgnored(segment.Piece, segment.Start + step + 1)) continue;
                target = Ignored;
                TargetCount--;
            }
        }
    }

    /// <summary>The length of the longest segment: after it there is nothing but padding.</summary>
    internal int Longest
    {
        get
        {
            int longest = 0;
            foreach (Segment segment in segments) longest = Math.Max(longest, segment.Length);
            return longest;
        }
    }

    /// <summary>Copies a stretch of all lanes.</summary>
    /// <param name="start">Its first step.</param>
    /// <param name="inputs">[lane, step of the stretch]</param>
    /// <param name="targets">[lane, step of the stretch]</param>
    internal void CopyTo(int start, Span<int> inputs, Span<int> targets)
    {
        int length = inputs.Length / Lanes;
        for (int lane = 0; lane < Lanes; lane++)
        {
            Inputs.AsSpan(lane * Steps + start, length).CopyTo(inputs[(lane * length)..]);
            Targets.AsSpan(lane * Steps + start, length).CopyTo(targets[(lane * length)..]);
        }
    }

    internal void Fill(ReadOnlySpan<Segment> plan, IReadOnlyList<int[]> pieces, int padding)
    {
        plan.CopyTo(segments);
        TargetCount = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            Segment segment = plan[lane];
            Span<int> inputs = Inputs.AsSpan(lane * Steps, Steps);
            Span<int> targets = Targets.AsSpan(lane * Steps, Steps);
            if (segment.Length > 0)
            {
                int[] tokens = pieces[segment.Piece];
                tokens.AsSpan(segment.Start, segment.Length).CopyTo(inputs);
                tokens.AsSpan(segment.Start + 1, segment.Length).CopyTo(targets);
            }
            inputs[segment.Length..].Fill(padding);
            targets[segment.Length..].Fill(Ignored);
            Resets[lane] = segment.Reset;
            TargetCount += segment.Length;
        }
    }
}
