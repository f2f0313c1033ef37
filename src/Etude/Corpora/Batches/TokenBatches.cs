namespace Etude.Corpora.Batches;

/// <summary>
/// Draws batches from pieces that are encoded as tokens, epoch after epoch. What is drawn hangs on the options and the
/// <see cref="Position"/> alone: set the position to go on after a break. Nothing is allocated from batch to batch.
/// </summary>
/// <example><code>
/// var batches = new TokenBatches(pieces, new BatchOptions { Batch = 16, Steps = 128 });
/// while (batches.Next() is { } batch) Train(batch);   // one epoch
/// </code></example>
public sealed class TokenBatches
{
    private readonly Func<int, IReadOnlyList<int[]>> piecesOf;
    private readonly BatchOptions options;
    private readonly int padding;
    private readonly TokenBatch batch;
    private IReadOnlyList<int[]> pieces = [];
    private SegmentPlan? plan;
    private int plannedEpoch = -1;

    /// <summary>Draws from pieces that are the same in each epoch.</summary>
    /// <param name="pieces">The tokens of each piece. The first is only read, never predicted: put a start token before it to predict it.</param>
    /// <param name="options">Size and order.</param>
    /// <param name="padding">The token that stands after the end of a piece.</param>
    /// <exception cref="ArgumentException">No piece has two tokens.</exception>
    public TokenBatches(IReadOnlyList<int[]> pieces, BatchOptions options, int padding = 0)
        : this(_ => pieces, options, padding)
    {
    }

    /// <summary>Draws from pieces that each epoch sees otherwise, such as moved to another key.</summary>
    /// <param name="piecesOf">
    /// The tokens of each piece in an epoch, which counts from 0. Called once at the start of each epoch; it must give the same again for
    /// the same epoch.
    /// </param>
    /// <param name="options">Size and order.</param>
    /// <param name="padding">The token that stands after the end of a piece.</param>
    /// <exception cref="ArgumentException">No piece has two tokens.</exception>
    public TokenBatches(Func<int, IReadOnlyList<int[]>> piecesOf, BatchOptions options, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(piecesOf);
        ArgumentNullException.ThrowIfNull(options);
        (this.piecesOf, this.options, this.padding) = (piecesOf, options, padding);
        batch = new TokenBatch(options.Batch, options.Steps);
        if (Plan().Count == 0) throw new ArgumentException("No piece has two tokens, or no window is included: there is nothing to draw.", nameof(piecesOf));
    }

    /// <summary>The epoch and the batch that <see cref="Next"/> gives. Set it to go on from there.</summary>
    public BatchPosition Position { get; set; }

    /// <summary>The number of batches in the epoch of <see cref="Position"/>.</summary>
    public int BatchesInEpoch => Plan().Count;

    /// <summary>
    /// The next batch, in arrays that the next call overwrites; null once at the end of each epoch, after which the next one begins.
    /// </summary>
    public TokenBatch? Next()
    {
        SegmentPlan current = Plan();
        if (Position.Batch >= current.Count)
        {
            Position = new BatchPosition(Position.Epoch + 1, 0);
            return null;
        }
        batch.Fill(current[Position.Batch], pieces, padding);
        Position = Position with { Batch = Position.Batch + 1 };
        return batch;
    }

    private SegmentPlan Plan()
    {
        if (plan is not null && plannedEpoch == Position.Epoch) return plan;
        pieces = piecesOf(Position.Epoch);
        int[] lengths = [.. pieces.Select(tokens => Math.Max(0, tokens.Length - 1))];
        plannedEpoch = Position.Epoch;
        return plan = SegmentPlan.For(lengths, options, Position.Epoch);
    }
}
