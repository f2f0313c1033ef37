using System.Text;

namespace Etude.Corpora.Preparing;

/// <summary>A hash that is the same on every machine and in every version: FNV-1a, then the finish of SplitMix64.</summary>
internal static class StableHash
{
    public static ulong Of(string text, ulong seed = 0)
    {
        ulong hash = 0xCBF29CE484222325 ^ Mix(seed);
        foreach (byte value in Encoding.UTF8.GetBytes(text)) hash = (hash ^ value) * 0x100000001B3;
        return Mix(hash);
    }

    /// <summary>Spreads the bits of a number evenly (Steele, Lea and Flood 2014).</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
