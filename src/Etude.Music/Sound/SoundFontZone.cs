namespace Etude.Music.Sound;

/// <summary>The generators of one zone: which are set, and to what.</summary>
internal sealed class SoundFontZone
{
    private readonly short[] values = new short[(int)SoundFontGenerator.Count];
    private ulong present;

    /// <summary>What holds in an instrument where the font says nothing (SoundFont 2.04, section 8.1.3).</summary>
    public static SoundFontZone Defaults()
    {
        var zone = new SoundFontZone();
        zone[SoundFontGenerator.FilterCutoff] = 13500;
        for (var g = SoundFontGenerator.ModulationDelay; g <= SoundFontGenerator.ModulationDecay; g++) zone[g] = -12000;
        zone[SoundFontGenerator.ModulationRelease] = -12000;
        for (var g = SoundFontGenerator.VolumeDelay; g <= SoundFontGenerator.VolumeDecay; g++) zone[g] = -12000;
        zone[SoundFontGenerator.VolumeRelease] = -12000;
        zone[SoundFontGenerator.KeyRange] = 127 << 8;
        zone[SoundFontGenerator.VelocityRange] = 127 << 8;
        zone[SoundFontGenerator.FixedKey] = -1;
        zone[SoundFontGenerator.FixedVelocity] = -1;
        zone[SoundFontGenerator.ScaleTuning] = 100;
        zone[SoundFontGenerator.RootKey] = -1;
        return zone;
    }

    public short this[SoundFontGenerator generator]
    {
        get => values[(int)generator];
        set
        {
            values[(int)generator] = value;
            present |= 1UL << (int)generator;
        }
    }

    public bool Has(SoundFontGenerator generator) => (present >> (int)generator & 1) != 0;

    /// <summary>This zone with everything that <paramref name="other"/> sets put in its place.</summary>
    public SoundFontZone OverriddenBy(SoundFontZone other) => Combined(other, static (_, theirs) => theirs);

    /// <summary>An instrument's zone with a preset's zone on top: ranges intersect, everything else adds up.</summary>
    public SoundFontZone RaisedBy(SoundFontZone preset)
    {
        var sum = Combined(preset, static (mine, theirs) => (short)Math.Clamp(mine + theirs, short.MinValue, short.MaxValue));
        foreach (var range in (ReadOnlySpan<SoundFontGenerator>)[SoundFontGenerator.KeyRange, SoundFontGenerator.VelocityRange])
        {
            if (preset.Has(range)) sum[range] = Intersection(this[range], preset[range]);
        }
        // These have no meaning in a preset and are ignored there.
        foreach (var own in (ReadOnlySpan<SoundFontGenerator>)[SoundFontGenerator.Sample, SoundFontGenerator.SampleModes,
            SoundFontGenerator.RootKey, SoundFontGenerator.FixedKey, SoundFontGenerator.FixedVelocity])
        {
            sum[own] = this[own];
        }
        return sum;
    }

    private SoundFontZone Combined(SoundFontZone other, Func<short, short, short> combine)
    {
        var result = new SoundFontZone { present = present | other.present };
        for (int i = 0; i < values.Length; i++)
            result.values[i] = other.Has((SoundFontGenerator)i) ? combine(values[i], other.values[i]) : values[i];
        return result;
    }

    private static short Intersection(short a, short b)
    {
        int low = Math.Max(a & 0xFF, b & 0xFF), high = Math.Min(a >> 8 & 0xFF, b >> 8 & 0xFF);
        return (short)(high << 8 | low);
    }
}
