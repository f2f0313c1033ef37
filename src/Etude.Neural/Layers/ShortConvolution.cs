using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// y[t] = sum over i of weight[i] * x[t - i], channel by channel: each step is mixed with the few before it, none after. On the
/// projections of attention it lets a head see what stood before a step in one layer (So and others 2021: Primer).
/// </summary>
/// <remarks>Parameter: <c>weight</c> [steps, channels], which begins as the step itself alone.</remarks>
public sealed class ShortConvolution : Module
{
    /// <summary>A layer that changes nothing yet.</summary>
    /// <param name="channels">Channels of x and of the result.</param>
    /// <param name="steps">How many steps are mixed, the step itself among them; 2 or more.</param>
    public ShortConvolution(int channels, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        Weight = Register("weight", new Parameter([steps, channels]));
        Weight.Data[..channels].Fill(1);
    }

    /// <summary>[steps, channels]: row i is for the step i before.</summary>
    public Parameter Weight { get; }

    /// <summary>Room for the steps before a sequence, zeros at its start.</summary>
    public Tensor CreateRecent(int batch) => new([batch, Weight.Shape[0] - 1, Weight.Shape[1]]);

    /// <summary>The layer's result, of the shape of <paramref name="x"/>.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, channels]</param>
    /// <param name="recent">The steps before the sequence, overwritten with its last; no gradient goes to them. Zeros where null.</param>
    public Tensor Forward(Tape tape, Tensor x, Tensor? recent = null)
    {
        int batch = x.Shape[0], time = x.Shape[1], channels = Weight.Shape[1], before = Weight.Shape[0] - 1;
        if (x.Shape.Channels != channels)
            throw new ArgumentException($"{x.Shape} came to a layer of {channels} channels ({Weight.Name}).", nameof(x));
        var y = tape.Allocate(x.Shape, x.RequiresGradient || Weight.RequiresGradient);
        var past = tape.ScratchBuffer(batch * before * channels);
        var steps = past.Slice(0, batch * before * channels);
        if (recent is null) steps.Clear();
        else recent.Data.CopyTo(steps);
        for (int lane = 0; lane < batch; lane++)
        {
            ReadOnlySpan<float> lanePast = steps.Slice(lane * before * channels, before * channels), laneX = Lane(x.Data, lane, time * channels);
            DepthwiseRows.Forward(before + 1, channels, Weight.Data, lanePast, laneX, Lane(y.Data, lane, time * channels));
            if (recent is not null) Keep(lanePast, laneX, Lane(recent.Data, lane, before * channels));
        }
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y, operation.Past) = (this, x, y, past);
        }

        return y;
    }

    /// <summary>One step in place, without a tape: for generation.</summary>
    /// <param name="x">[batch, channels]: the step in, the result out.</param>
    /// <param name="recent">What <see cref="CreateRecent"/> made; this step is added.</param>
    public void Step(Span<float> x, Tensor recent)
    {
        int channels = Weight.Shape[1], before = Weight.Shape[0] - 1;
        var buffer = BufferPool.Shared.Rent(channels);
        var plain = buffer.Slice(0, channels);
        for (int lane = 0; lane * channels < x.Length; lane++)
        {
            Span<float> past = Lane(recent.Data, lane, before * channels), row = Lane(x, lane, channels);
            row.CopyTo(plain);
            DepthwiseRows.Forward(before + 1, channels, Weight.Data, past, plain, row);
            Keep(past, plain, past);
        }
        BufferPool.Shared.Return(buffer);
    }

    private static Span<float> Lane(Span<float> rows, int lane, int length) => rows.Slice(lane * length, length);

    // The last rows of past and x together; kept may be past.
    private static void Keep(ReadOnlySpan<float> past, ReadOnlySpan<float> x, Span<float> kept)
    {
        int stay = Math.Max(0, kept.Length - x.Length);
        past[(past.Length - stay)..].CopyTo(kept);
        x[(x.Length - (kept.Length - stay))..].CopyTo(kept[stay..]);
    }

    private sealed class Operation : Autograd.Operation
    {
        public ShortConvolution Layer = null!;
        public Tensor X = null!, Y = null!;
        public AlignedBuffer Past = null!;

        public override void Backward()
        {
            var weight = Layer.Weight;
            int steps = weight.Shape[0], channels = weight.Shape[1], length = X.Shape[1] * channels, before = (steps - 1) * channels;
            for (int lane = 0; lane < X.Shape[0]; lane++)
            {
                var dY = Lane(Y.Gradient, lane, length);
                if (X.RequiresGradient) DepthwiseRows.BackwardInput(steps, channels, weight.Data, dY, Lane(X.Gradient, lane, length));
                if (weight.RequiresGradient)
                    DepthwiseRows.BackwardWeight(steps, channels, Past.Slice(lane * before, before), Lane(X.Data, lane, length), dY, weight.Gradient);
            }
        }
    }
}
