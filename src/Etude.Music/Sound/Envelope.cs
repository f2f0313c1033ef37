namespace Etude.Music.Sound;

/// <summary>
/// An envelope of SoundFont 2.04 (section 8.1.2): delay, attack, hold, decay towards a sustain level, release.
/// Given in closed form, so a voice may ask at any time and in any step.
/// </summary>
internal readonly struct Envelope
{
    private readonly double attackStart, holdStart, decayStart, decaySeconds, releaseSeconds, sustain;
    private readonly bool isLoudness;

    private Envelope(double delay, double attack, double hold, double decay, double sustain, double release, bool isLoudness)
    {
        attackStart = delay;
        holdStart = delay + attack;
        decayStart = holdStart + hold;
        (decaySeconds, this.sustain, releaseSeconds, this.isLoudness) = (decay, sustain, release, isLoudness);
    }

    /// <summary>The loudness envelope of a region for a key.</summary>
    public static Envelope Volume(SoundFontZone zone, int key) => new(
        Seconds(zone[SoundFontGenerator.VolumeDelay]),
        Seconds(zone[SoundFontGenerator.VolumeAttack]),
        Seconds(zone[SoundFontGenerator.VolumeHold] + zone[SoundFontGenerator.KeyToVolumeHold] * (60 - key)),
        Seconds(zone[SoundFontGenerator.VolumeDecay] + zone[SoundFontGenerator.KeyToVolumeDecay] * (60 - key)),
        // In decibels down out of the hundred that the decay time spans.
        1 - Math.Clamp(zone[SoundFontGenerator.VolumeSustain] / 1000.0, 0, 1),
        // Below a hundredth of a second a release is heard as a click.
        Math.Max(0.01, Seconds(zone[SoundFontGenerator.VolumeRelease])),
        isLoudness: true);

    /// <summary>The modulation envelope of a region.</summary>
    public static Envelope Modulation(SoundFontZone zone) => new(
        Seconds(zone[SoundFontGenerator.ModulationDelay]),
        Seconds(zone[SoundFontGenerator.ModulationAttack]),
        Seconds(zone[SoundFontGenerator.ModulationHold]),
        Seconds(zone[SoundFontGenerator.ModulationDecay]),
        1 - Math.Clamp(zone[SoundFontGenerator.ModulationSustain] / 1000.0, 0, 1),
        Seconds(zone[SoundFontGenerator.ModulationRelease]),
        isLoudness: false);

    /// <summary>
    /// The value at <paramref name="time"/> seconds after the start, released at <paramref name="release"/>
    /// (infinite while held): an amplitude for loudness, 0 to 1 for modulation.
    /// </summary>
    public double At(double time, double release)
    {
        if (time < attackStart) return 0;
        double held = Math.Min(time, release), scale;
        if (held < holdStart)
        {
            // The attack is linear in amplitude, the rest of a loudness envelope in decibels.
            scale = (held - attackStart) / (holdStart - attackStart);
            if (isLoudness) scale = scale <= 0 ? 0 : 1 + Math.Log10(scale) / 5;
        }
        else
        {
            scale = Math.Max(sustain, 1 - Math.Max(0, held - decayStart) / decaySeconds);
        }
        if (time > release) scale -= (time - release) / releaseSeconds;
        if (scale <= 0) return 0;
        return isLoudness ? Math.Pow(10, 5 * (scale - 1)) : scale;
    }

    // -12,000 timecents and less mean a thousandth of a second: at once.
    private static double Seconds(int timecents) => Math.Pow(2, Math.Clamp(timecents, -12000, 8000) / 1200.0);
}
