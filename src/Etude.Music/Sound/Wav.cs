using System.Buffers.Binary;
using System.Text;

namespace Etude.Music.Sound;

/// <summary>RIFF WAVE files: writes stereo, reads mono and stereo of the formats in <see cref="WavFormat"/>.</summary>
public static class Wav
{
    private const int HeaderBytes = 44;
    private const ushort PcmTag = 1, FloatTag = 3, ExtensibleTag = 0xFFFE;

    /// <summary>Writes a file by way of a temporary one beside it, so that a reader never sees half of it.</summary>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="audio">The sound. Integers clip at full scale.</param>
    /// <param name="format">How a sample is stored. Default <see cref="WavFormat.Pcm16"/>.</param>
    /// <exception cref="ArgumentException">The file would pass the 4 GB that a WAVE file can hold.</exception>
    public static void Write(string path, StereoAudio audio, WavFormat format = WavFormat.Pcm16)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = File.Create(temporary)) Write(stream, audio, format);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes two channels given as arrays; see <see cref="Write(string, StereoAudio, WavFormat)"/>.</summary>
    /// <param name="path">Where to write.</param>
    /// <param name="left">The left channel.</param>
    /// <param name="right">The right channel.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="format">How a sample is stored.</param>
    public static void Write(string path, float[] left, float[] right, int sampleRate, WavFormat format = WavFormat.Pcm16) =>
        Write(path, new StereoAudio(left, right, sampleRate), format);

    /// <summary>Writes to a stream, in blocks; the stream is left open. The same sound gives the same bytes.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="audio">The sound.</param>
    /// <param name="format">How a sample is stored.</param>
    /// <exception cref="ArgumentException">The file would pass the 4 GB that a WAVE file can hold.</exception>
    public static void Write(Stream stream, StereoAudio audio, WavFormat format = WavFormat.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(audio);
        int bytesPerSample = BytesPerSample(format);
        long dataBytes = 2L * bytesPerSample * audio.Length;
        if (dataBytes > uint.MaxValue - HeaderBytes)
            throw new ArgumentException($"{audio.Seconds:F0} s do not fit into a WAVE file; write it in parts.", nameof(audio));
        stream.Write(Header(audio, format, bytesPerSample, (uint)dataBytes));

        // The dither is a fixed sequence, so that equal sounds give equal files.
        var random = new Random(1);
        byte[] block = new byte[4096 * 2 * bytesPerSample];
        for (int start = 0; start < audio.Length; start += 4096)
        {
            int count = Math.Min(4096, audio.Length - start), at = 0;
            for (int i = start; i < start + count; i++)
            {
                at = Put(block, at, audio.Left[i], format, random);
                at = Put(block, at, audio.Right[i], format, random);
            }
            stream.Write(block, 0, at);
        }
    }

    /// <summary>Reads a mono or stereo file of 16-bit, 24-bit or float samples; mono sounds on both channels.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message says what is wrong.</exception>
    public static StereoAudio Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"{path}: not a RIFF WAVE file.");
        ReadOnlySpan<byte> description = default, data = default;
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            var id = bytes.Slice(at, 4);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            // A file cut short keeps what is there.
            var body = bytes.Slice(at + 8, (int)Math.Min(size, bytes.Length - at - 8));
            if (id.SequenceEqual("fmt "u8)) description = body;
            if (id.SequenceEqual("data"u8)) data = body;
            long next = at + 8 + size + (size & 1);
            if (next > bytes.Length) break;
            at = (int)next;
        }
        if (description.Length < 16) throw new InvalidDataException($"{path}: the fmt chunk is missing or too short.");
        ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(description);
        if (tag == ExtensibleTag && description.Length >= 26) tag = BinaryPrimitives.ReadUInt16LittleEndian(description[24..]);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(description[2..]);
        int rate = BinaryPrimitives.ReadInt32LittleEndian(description[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(description[14..]);
        WavFormat format = (tag, bits) switch
        {
            (PcmTag, 16) => WavFormat.Pcm16,
            (PcmTag, 24) => WavFormat.Pcm24,
            (FloatTag, 32) => WavFormat.Float32,
            _ => throw new InvalidDataException($"{path}: format {tag} with {bits} bits is not read; write 16-bit, 24-bit or float samples."),
        };
        if (channels is not (1 or 2) || rate < 1)
            throw new InvalidDataException($"{path}: {channels} channels at {rate} Hz are not read; write one or two channels.");
        int width = BytesPerSample(format), length = data.Length / (width * channels);
        float[] left = new float[length], right = channels == 1 ? left : new float[length];
        for (int i = 0; i < length; i++)
        {
            left[i] = Get(data[(i * channels * width)..], format);
            if (channels == 2) right[i] = Get(data[((i * 2 + 1) * width)..], format);
        }
        return new StereoAudio(left, right, rate);
    }

    private static int BytesPerSample(WavFormat format) => format switch
    {
        WavFormat.Pcm16 => 2,
        WavFormat.Pcm24 => 3,
        WavFormat.Float32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static byte[] Header(StereoAudio audio, WavFormat format, int bytesPerSample, uint dataBytes)
    {
        byte[] header = new byte[HeaderBytes];
        var span = header.AsSpan();
        Encoding.ASCII.GetBytes("RIFF").CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], HeaderBytes - 8 + dataBytes);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(span[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(span[20..], format == WavFormat.Float32 ? FloatTag : PcmTag);
        BinaryPrimitives.WriteUInt16LittleEndian(span[22..], 2);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], audio.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], audio.SampleRate * 2 * bytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(span[32..], (ushort)(2 * bytesPerSample));
        BinaryPrimitives.WriteUInt16LittleEndian(span[34..], (ushort)(8 * bytesPerSample));
        Encoding.ASCII.GetBytes("data").CopyTo(span[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[40..], dataBytes);
        return header;
    }

    private static int Put(byte[] block, int at, float sample, WavFormat format, Random random)
    {
        var place = block.AsSpan(at);
        switch (format)
        {
            case WavFormat.Pcm16:
                // Triangular dither of one step each way turns rounding distortion into a constant faint hiss; silence stays silent.
                double dither = sample == 0 ? 0 : random.NextDouble() - random.NextDouble();
                BinaryPrimitives.WriteInt16LittleEndian(place, (short)Math.Clamp(Math.Round(sample * 32767.0 + dither), -32768, 32767));
                return at + 2;
            case WavFormat.Pcm24:
                int value = (int)Math.Clamp(Math.Round(sample * 8388607.0), -8388608, 8388607);
                (place[0], place[1], place[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
                return at + 3;
            default:
                BinaryPrimitives.WriteSingleLittleEndian(place, sample);
                return at + 4;
        }
    }

    private static float Get(ReadOnlySpan<byte> place, WavFormat format) => format switch
    {
        WavFormat.Pcm16 => BinaryPrimitives.ReadInt16LittleEndian(place) / 32767f,
        WavFormat.Pcm24 => (place[0] | place[1] << 8 | (sbyte)place[2] << 16) / 8388607f,
        _ => BinaryPrimitives.ReadSingleLittleEndian(place),
    };
}
