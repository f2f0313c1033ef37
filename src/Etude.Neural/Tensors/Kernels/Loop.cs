using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Loops over elements: whole vectors first, then the rest one by one.</summary>
internal static class Loop
{
    /// <summary>Elements 0 to length - 1, shared among the workers where there are many.</summary>
    public static void Run<TBody>(int length, TBody body) where TBody : struct, ILoopBody, allows ref struct =>
        Kernel.Run((length + Kernel.PartLength - 1) / Kernel.PartLength, new Parts<TBody>(length, body));

    /// <summary>Elements start to end - 1, on this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Over<T, TBody>(int start, int end, TBody body)
        where T : struct, ILanes<T> where TBody : struct, ILoopBody, allows ref struct
    {
        int i = start;
        for (; i <= end - T.Width; i += T.Width) body.Do<T>(i);
        if (T.Width > 1) for (; i < end; i++) body.Do<Lanes1>(i);
    }

    private readonly ref struct Parts<TBody>(int length, TBody body) : IKernel where TBody : struct, ILoopBody, allows ref struct
    {
        private readonly int length = length;
        private readonly TBody body = body;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int start = part * Kernel.PartLength;
            Over<T, TBody>(start, Math.Min(length, start + Kernel.PartLength), body);
        }
    }
}
