namespace Etude.Music.Representations;

/// <summary>Velocities 0 to 127 in bins of equal width.</summary>
internal static class VelocityBin
{
    public static int Of(byte velocity, int bins) => velocity * bins / 128;

    public static byte Middle(int bin, int bins) => (byte)Math.Max(1, (2 * bin + 1) * 64 / bins);
}
