using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Loops over elements: whole vectors first, then the rest of the row one by one.</summary>
internal static class Loop
{
    /// <summary>All elements of a vector, as row 0, shared among the workers where there are many.</summary>
    public static void Run<TBody>(int length, TBody body) where TBody : struct, ILoopBody, allows ref struct =>
        Kernel.Run((length + Kernel.PartLength - 1) / Kernel.PartLength, new Stretches<TBody>(length, body));

    /// <summary>All elements of a matrix [rows, columns], whole rows shared among the workers.</summary>
    /// <param name="floatsPerElement">How much an element takes to do, in floats read, for the size of the parts.</param>
    public static void Run<TBody>(int rows, int columns, int floatsPerElement, TBody body) where TBody : struct, ILoopBody, allows ref struct
    {
        (int rowsPerPart, int parts) = Kernel.Cut(rows, columns * floatsPerElement);
        Kernel.Run(parts, new Blocks<TBody>(rows, columns, rowsPerPart, body));
    }

    /// <summary>Elements start to end - 1 of a row, on this thread.</summary>
    /// <remarks>Not inlined: inside a large method the small steps of its body would no longer be.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Over<T, TBody>(int row, int start, int end, TBody body)
        where T : struct, ILanes<T> where TBody : struct, ILoopBody, allows ref struct
    {
        int i = start;
        for (; i <= end - T.Width; i += T.Width) body.Do<T>(row, i);
        if (T.Width > 1) for (; i < end; i++) body.Do<Lanes1>(row, i);
    }

    private readonly ref struct Stretches<TBody>(int length, TBody body) : IKernel where TBody : struct, ILoopBody, allows ref struct
    {
        private readonly TBody body = body;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int start = part * Kernel.PartLength;
            Over<T, TBody>(0, start, Math.Min(length, start + Kernel.PartLength), body);
        }
    }

    private readonly ref struct Blocks<TBody>(int rows, int columns, int rowsPerPart, TBody body) : IKernel
        where TBody : struct, ILoopBody, allows ref struct
    {
        private readonly TBody body = body;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(rows, (part + 1) * rowsPerPart);
            for (int row = part * rowsPerPart; row < end; row++) Over<T, TBody>(row, 0, columns, body);
        }
    }
}
