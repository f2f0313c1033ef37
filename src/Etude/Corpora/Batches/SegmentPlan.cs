using Etude.Corpora.Preparing;

namespace Etude.Corpora.Batches;

/// <summary>
/// The segments of one epoch, batch by batch. It hangs on the options, the lengths and the number of the epoch alone, so that
/// any batch can be found again.
/// </summary>
public sealed class SegmentPlan
{
    // A lane is filled with at least so many stretches, so that the last one's end leaves little of it empty.
    private const int StretchesPerLane = 4;

    private readonly Segment[] segments; // [batch, lane]
    private readonly int lanes;

    private SegmentPlan(Segment[] segments, int lanes) => (this.segments, this.lanes) = (segments, lanes);

    /// <summary>The number of batches.</summary>
    public int Count => segments.Length / lanes;

    /// <summary>The segments of one batch, one for each lane.</summary>
    public ReadOnlySpan<Segment> this[int batch] => segments.AsSpan(batch * lanes, lanes);

    /// <summary>Plans an epoch.</summary>
    /// <param name="lengths">The number of targets of each piece: of tokens or steps, one less than there are. Pieces of 0 are not seen.</param>
    /// <param name="options">The order and the size.</param>
    /// <param name="epoch">Which, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public static SegmentPlan For(ReadOnlySpan<int> lengths, BatchOptions options, int epoch = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        if (options.Stride is int stride) ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        var random = new SeededRandom(options.Seed ^ StableHash.Mix((ulong)epoch));
        return options.Order == BatchOrder.Windows ? Windows(lengths, options, random) : Streams(lengths, options, random);
    }

    private static SegmentPlan Windows(ReadOnlySpan<int> lengths, BatchOptions options, SeededRandom random)
    {
        var windows = new List<Segment>();
        for (int piece = 0; piece < lengths.Length; piece++)
        {
            int phase = options.Include is null && lengths[piece] > options.Steps ? random.Next(options.Steps) : 0;
            if (phase > 0) windows.Add(new Segment(piece, 0, phase, true));
            for (int start = phase; start < lengths[piece]; start += options.Stride ?? options.Steps)
            {
                windows.Add(new Segment(piece, start, Math.Min(options.Steps, lengths[piece] - start), true));
            }
        }
        if (options.Include is not null) windows.RemoveAll(window => !options.Include(window));
        Segment[] shuffled = [.. windows];
        random.Shuffle<Segment>(shuffled);
        var segments = new Segment[(shuffled.Length + options.Batch - 1) / options.Batch * options.Batch];
        shuffled.CopyTo(segments, 0);
        segments.AsSpan(shuffled.Length).Fill(Segment.Empty);
        return new SegmentPlan(segments, options.Batch);
    }

    private static SegmentPlan Streams(ReadOnlySpan<int> lengths, BatchOptions options, SeededRandom random)
    {
        bool measuring = options.Order == BatchOrder.InOrder;
        Segment[] stretches = [.. Stretches(lengths, options, measuring)];
        if (!measuring) random.Shuffle<Segment>(stretches);

        // The longest first, each to the lane that is least full: all lanes come out nearly equal (Graham 1969).
        var filled = new PriorityQueue<int, (int Filled, int Lane)>();
        var perLane = new List<Segment>[options.Batch];
        for (int lane = 0; lane < options.Batch; lane++)
        {
            perLane[lane] = [];
            filled.Enqueue(lane, (0, lane));
        }
        int count = 0;
        foreach (Segment stretch in stretches.OrderByDescending(stretch => stretch.Length)) // a stable sort: equals stay shuffled
        {
            filled.TryDequeue(out int lane, out (int Filled, int Lane) at);
            perLane[lane].Add(stretch);
            int end = at.Filled + Ceiling(stretch.Length, options.Steps);
            filled.Enqueue(lane, (end, lane));
            count = Math.Max(count, end);
        }

        var segments = new Segment[count * options.Batch];
        Array.Fill(segments, Segment.Empty);
        for (int lane = 0; lane < options.Batch; lane++)
        {
            Segment[] order = [.. perLane[lane]];
            if (!measuring) random.Shuffle<Segment>(order);
            int batch = 0;
            foreach (Segment stretch in order)
            {
                for (int done = 0; done < stretch.Length; done += options.Steps)
                {
                    segments[batch++ * options.Batch + lane] =
                        new Segment(stretch.Piece, stretch.Start + done, Math.Min(options.Steps, stretch.Length - done), done == 0);
                }
            }
        }
        return new SegmentPlan(segments, options.Batch);
    }

    private static List<Segment> Stretches(ReadOnlySpan<int> lengths, BatchOptions options, bool whole)
    {
        long total = 0;
        foreach (int length in lengths) total += Ceiling(length, options.Steps);
        long longest = whole ? int.MaxValue : Math.Max(StretchesPerLane, total / options.Batch / StretchesPerLane) * options.Steps;
        var stretches = new List<Segment>(lengths.Length);
        for (int piece = 0; piece < lengths.Length; piece++)
        {
            for (long start = 0; start < lengths[piece]; start += longest)
            {
                stretches.Add(new Segment(piece, (int)start, (int)Math.Min(longest, lengths[piece] - start), true));
            }
        }
        return stretches;
    }

    private static int Ceiling(int count, int size) => (count + size - 1) / size;
}
