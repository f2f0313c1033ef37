namespace Etude.Music.Midi;

/// <summary>What the header says a tick is.</summary>
/// <param name="TicksPerQuarter">Ticks that make a quarter note of the score.</param>
/// <param name="FixedMicrosecondsPerQuarter">The one tempo of a file that counts in SMPTE frames; 0 where tempo events count.</param>
internal readonly record struct MidiDivision(int TicksPerQuarter, int FixedMicrosecondsPerQuarter)
{
    public static MidiDivision Read(short division, int offset, MidiRepairs repairs)
    {
        if (division > 0) return new(division, 0);
        int framesPerSecond = -(division >> 8), ticksPerFrame = division & 0xFF;
        if (framesPerSecond is 24 or 25 or 29 or 30 && ticksPerFrame > 0)
        {
            return framesPerSecond switch
            {
                // 29 stands for 30 drop-frame: 30,000 frames in 1,001 seconds.
                29 => new(15 * ticksPerFrame, 500_500),
                25 => new(25 * ticksPerFrame, 1_000_000), // 12.5 frames make no whole number of ticks
                _ => new(framesPerSecond / 2 * ticksPerFrame, 500_000),
            };
        }
        repairs.Add(MidiFault.BadHeader, offset, "the division of time is none that exists", "480 ticks make a quarter note");
        return new(480, 0);
    }
}
