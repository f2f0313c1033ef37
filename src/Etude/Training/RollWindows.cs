using Etude.Composing;
using Etude.Corpora.Batches;
using Etude.Models.Rolls;
using Etude.Music.Representations.Grids;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Training;

/// <summary>The windows of rolls that a network reads at a time.</summary>
internal static class RollWindows
{
    /// <summary>
    /// Whole windows, at the same places in each epoch so that they lie on bars where the stride does; a piece shorter than a
    /// window is one, silence after it.
    /// </summary>
    /// <param name="model">Says how long a window is, and how many make a batch.</param>
    /// <param name="pieces">The rolls.</param>
    /// <param name="epoch">By which they are shuffled.</param>
    /// <param name="stride">Steps from one window to the next.</param>
    /// <param name="include">Which windows; all where null.</param>
    public static SegmentPlan Plan(RollModel model, Roll[] pieces, int epoch, int stride, Func<Segment, bool>? include = null) => SegmentPlan.For(
        [.. pieces.Select(piece => piece.Steps)],
        new BatchOptions
        {
            Batch = model.Recipe.Training.Batch,
            Steps = model.Network.Window,
            Stride = stride,
            Order = BatchOrder.Windows,
            Seed = model.Recipe.Training.Seed,
            Include = window => (window.Start == 0 || window.Length == model.Network.Window) && include?.Invoke(window) != false,
        },
        epoch);

    /// <summary>How many of a batch's segments hold anything.</summary>
    public static int Filled(ReadOnlySpan<Segment> segments)
    {
        int filled = 0;
        foreach (Segment segment in segments) filled += segment.Length > 0 ? 1 : 0;
        return filled;
    }

    /// <summary>The cells of a batch, [filled, window, width].</summary>
    public static Tensor Read(Tape tape, RollNetwork network, ReadOnlySpan<Segment> segments, Roll[] pieces)
    {
        int size = network.Window * network.Width;
        Tensor windows = tape.Allocate([Filled(segments), network.Window, network.Width]);
        int row = 0;
        foreach (Segment segment in segments)
        {
            if (segment.Length > 0) pieces[segment.Piece].CopyTo(segment.Start, windows.Data.Slice(row++ * size, size));
        }
        return windows;
    }

    /// <summary>The steps of windows that are to be predicted.</summary>
    public static Tensor Targets(Tape tape, RollNetwork network, Tensor window) =>
        Neural.Operations.Slicing.Slice(tape, window, 1, network.FirstTarget, network.Targets);
}
