using System.Diagnostics;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Midi;

/// <summary>Thousands of broken files: nothing but a score or a <see cref="MidiFormatException"/>, soon and in little memory.</summary>
public sealed class MidiFileFuzzTests
{
    [Fact]
    public void Mutated_files_give_a_valid_score_that_survives_writing_or_a_format_error()
    {
        var random = new Random(7);
        var options = new MidiReadOptions { MaximumQuarters = 10_000 };
        var mended = new HashSet<MidiFault>();
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            byte[] bytes = Mutate(MidiFile.ToBytes(RandomScores.Next(random, maximumTracks: 4)), random);
            try
            {
                MidiReading reading = MidiFile.Read(bytes, options);
                mended.UnionWith(reading.Repairs.Select(repair => repair.Fault));
                Score score = reading.Score;
                Assert.Null(score.FirstFault());
                // The end of a note at the very limit may lie one tick beyond.
                Assert.Equal(score, MidiFile.Read(MidiFile.ToBytes(score), new() { Strict = true, MaximumQuarters = 10_001 }).Score);
            }
            catch (MidiFormatException)
            {
                refused++;
            }
            try
            {
                MidiFile.Read(bytes, options with { Strict = true });
            }
            catch (MidiFormatException)
            {
                // as it should, where there is a fault
            }
        }
        // The mutations reach everything: only what no file is cannot be mended.
        Assert.InRange(refused, 10, 1000);
        Assert.Equal([MidiFault.NotMidi], Enum.GetValues<MidiFault>().Except(mended));
    }

    // Each of these once made, or could make, a reader slow or hungry: a megabyte of one thing.
    [Theory]
    [InlineData("00 F4", false)]
    [InlineData("00 90 3C 40 00 3C 00", false)]
    [InlineData("00 90 3C 40", false)]
    [InlineData("00 B0 7B 00", false)]
    [InlineData("00 B0 40 7F", false)]
    [InlineData("00 FF 01 01 E9", false)]
    [InlineData("00 FF 51 03 00 00 01", false)]
    [InlineData("4D 54 72 6B 00 00 00 00", true)]
    [InlineData("4D 54 72 6B FF FF FF FF", true)]
    [InlineData("4D 54 72 6B 00 00 00 04 00 90 3C 40", true)]
    [InlineData("4D 54 72 6B 00 00 00 09", true)]
    [InlineData("58 58 58 58 00 00 00 00", true)]
    [InlineData("4D 54 68 64 00 00 00 00", true)]
    [InlineData("4D 54", true)]
    [InlineData("00", true)]
    public void A_megabyte_of_one_thing_is_read_soon_and_in_little_memory(string repeated, bool isChunks)
    {
        byte[] unit = MidiText.Hex(repeated);
        byte[] many = [.. Enumerable.Repeat(unit, 1_000_000 / unit.Length).SelectMany(part => part)];
        byte[] file = MidiText.File(1, 96, isChunks ? many : [.. "MTrk"u8, 0x7F, 0xFF, 0xFF, 0xFF, .. many]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        MidiFile.Read(file);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L * file.Length);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(bytes.Length), length = Math.Min(random.Next(1, 40), bytes.Length - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes = [.. bytes[..at], .. bytes[(at + length)..]]; break;
                case 3: bytes = [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]]; break;
                default: bytes = bytes[..Math.Max(at, 1)]; break;
            }
            if (bytes.Length == 0) return bytes;
        }
        return bytes;
    }
}
