namespace Etude.Neural.Tensors.Kernels;

/// <summary>Random masks that depend on a seed and the place of each element only, not on threads or on the order of filling.</summary>
internal static class DropoutMask
{
    /// <summary>Writes 0 with the given probability, else 1 / (1 - probability), for elements offset, offset + 1, ...</summary>
    /// <param name="probability">From 0 up to, not including, 1.</param>
    public static void Fill(ulong seed, long offset, float probability, Span<float> mask) =>
        Workers.For((mask.Length + Kernel.PartLength - 1) / Kernel.PartLength, new FillWork(seed, offset, probability, mask));

    // SplitMix64 (Steele, Lea and Flood 2014) by index.
    private static float Uniform(ulong seed, long index)
    {
        ulong z = seed + ((ulong)index + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 40) * (1f / (1 << 24));
    }

    private readonly ref struct FillWork(ulong seed, long offset, float probability, Span<float> mask) : IWork
    {
        private readonly Span<float> mask = mask;

        public void Run(int index)
        {
            int start = index * Kernel.PartLength, end = Math.Min(mask.Length, start + Kernel.PartLength);
            float kept = 1 / (1 - probability);
            for (int i = start; i < end; i++) mask[i] = Uniform(seed, offset + i) < probability ? 0 : kept;
        }
    }
}
