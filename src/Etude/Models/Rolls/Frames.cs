using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>Stretches of windows.</summary>
internal static class Frames
{
    /// <summary>Some steps of [batch, time, channels].</summary>
    public static Tensor Slice(Tape tape, Tensor window, int start, int count) => tape.Slice(window, 1, start, count);

    /// <summary>The last step, [batch, 1, channels].</summary>
    public static Tensor Last(Tape tape, Tensor window) => tape.Slice(window, 1, window.Shape[1] - 1, 1);
}
