using System.Runtime.Intrinsics;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Runs a kernel on the widest lanes that this processor has, its parts shared among the workers.</summary>
internal static class Kernel
{
    /// <summary>Floats per part in simple loops: enough work to be worth the handing over.</summary>
    public const int PartLength = 8192;

    /// <summary>Floats in the widest lanes.</summary>
    public static int Width =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    public static void Run<TKernel>(int parts, TKernel kernel) where TKernel : struct, IKernel, allows ref struct =>
        Workers.For(parts, new Widest<TKernel>(kernel));

    /// <summary>One part, on this thread.</summary>
    public static void RunPart<TKernel>(TKernel kernel, int part) where TKernel : struct, IKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated) kernel.Run<Lanes512>(part);
        else if (Vector256.IsHardwareAccelerated) kernel.Run<Lanes256>(part);
        else if (Vector128.IsHardwareAccelerated) kernel.Run<Lanes128>(part);
        else kernel.Run<Lanes1>(part);
    }

    /// <summary>The number of rows of the given length that make a part, and the number of such parts.</summary>
    public static (int RowsPerPart, int Parts) Cut(int rows, int length)
    {
        int rowsPerPart = Math.Max(1, PartLength / Math.Max(1, length));
        return (rowsPerPart, (rows + rowsPerPart - 1) / rowsPerPart);
    }

    private readonly ref struct Widest<TKernel>(TKernel kernel) : IWork where TKernel : struct, IKernel, allows ref struct
    {
        private readonly TKernel kernel = kernel;

        public void Run(int index) => RunPart(kernel, index);
    }
}
