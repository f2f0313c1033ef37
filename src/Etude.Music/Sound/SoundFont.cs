using System.Collections.Immutable;

namespace Etude.Music.Sound;

/// <summary>
/// Sampled instruments in memory, read from a SoundFont 2 file (SoundFont Technical Specification 2.04): presets,
/// key and velocity ranges, tuning, loops, envelopes, attenuation, pan and filter. Modulators and low-frequency
/// oscillators are not followed; samples are 16-bit.
/// </summary>
public sealed class SoundFont
{
    private readonly Dictionary<(int Bank, int Program), ImmutableArray<SoundFontRegion>> regions;

    internal SoundFont(string name, short[] samples, IReadOnlyDictionary<SoundFontPreset, ImmutableArray<SoundFontRegion>> presets)
    {
        Name = name;
        Samples = samples;
        Presets = [.. presets.Keys.OrderBy(preset => preset.Bank).ThenBy(preset => preset.Program)];
        regions = presets.ToDictionary(pair => (pair.Key.Bank, pair.Key.Program), pair => pair.Value);
    }

    /// <summary>The font's own name.</summary>
    public string Name { get; }

    /// <summary>What it offers, by bank and program; never empty.</summary>
    public ImmutableArray<SoundFontPreset> Presets { get; }

    internal short[] Samples { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">An .sf2 file.</param>
    /// <exception cref="SoundFontFormatException">It is damaged or compressed (SF3).</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SoundFont Read(string path) => SoundFontReader.Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a file's bytes; nothing of them is kept.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="SoundFontFormatException">They are damaged or compressed (SF3).</exception>
    public static SoundFont Read(ReadOnlySpan<byte> bytes) => SoundFontReader.Read(bytes, null);

    /// <summary>
    /// The regions of a program; where the font lacks it, of the nearest that a listener would accept: the first
    /// of its family (eight programs), else program 0, else the first preset. Drums have no stand-in.
    /// </summary>
    internal ImmutableArray<SoundFontRegion> RegionsOf(int program, bool isDrums)
    {
        if (isDrums) return regions.GetValueOrDefault((128, program), regions.GetValueOrDefault((128, 0), []));
        foreach (int candidate in (ReadOnlySpan<int>)[program, program & ~7, 0])
        {
            if (regions.TryGetValue((0, candidate), out var found)) return found;
        }
        return regions[(Presets[0].Bank, Presets[0].Program)];
    }
}
