using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Etude.Training;

/// <summary>
/// Appends scalars and histograms to a TensorBoard event file: TFRecord frames (length, masked CRC-32C, payload,
/// masked CRC-32C) that hold <c>tensorflow.Event</c> messages in protocol-buffer wire format.
/// </summary>
/// <remarks>Opening an existing file continues it, so that a resumed run stays one curve.</remarks>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <summary>Opens or creates the event file of a run folder.</summary>
    /// <param name="folder">The run folder; it must exist.</param>
    /// <param name="clock">The clock that stamps events; the system's where null.</param>
    public TensorBoardWriter(string folder, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        string path = Directory.EnumerateFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? Path.Combine(folder, FormattableString.Invariant($"events.out.tfevents.{_clock.GetUtcNow().ToUnixTimeSeconds()}.etude"));
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        if (_file.Position == 0) Append(Event(0).String(3, "brain.Event:2"));
    }

    /// <summary>Writes one point of a curve.</summary>
    public void Scalar(string tag, long step, float value)
    {
        Message entry = new Message().String(1, tag).Float(2, value);
        Append(Event(step).Embed(5, new Message().Embed(1, entry)));
    }

    /// <summary>Writes the distribution of some values as thirty buckets of equal width.</summary>
    public void Histogram(string tag, long step, ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) return;
        const int bucketCount = 30;
        double least = double.MaxValue, most = double.MinValue, sum = 0, squares = 0;
        foreach (float value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
            sum += value;
            squares += (double)value * value;
        }
        double width = Math.Max((most - least) / bucketCount, 1e-12);
        var counts = new double[bucketCount];
        foreach (float value in values) counts[Math.Clamp((int)((value - least) / width), 0, bucketCount - 1)]++;
        var limits = new double[bucketCount];
        for (int i = 0; i < bucketCount; i++) limits[i] = least + (width * (i + 1));

        Message histogram = new Message().Double(1, least).Double(2, most).Double(3, values.Length)
            .Double(4, sum).Double(5, squares).Doubles(6, limits).Doubles(7, counts);
        Append(Event(step).Embed(5, new Message().Embed(1, new Message().String(1, tag).Embed(5, histogram))));
    }

    /// <summary>Hands everything written so far to the operating system.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Message Event(long step) =>
        new Message().Double(1, _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0).Integer(2, step);

    private void Append(Message message)
    {
        ReadOnlySpan<byte> payload = message.Bytes;
        Span<byte> frame = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], MaskedCrc(frame[..8]));
        _file.Write(frame);
        _file.Write(payload);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, MaskedCrc(payload));
        _file.Write(frame[..4]);
    }

    // TFRecord's mask keeps a checksum of data that itself holds checksums from degenerating.
    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data) crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + 0xA282EAD8;
    }

    // Just as much of the protocol-buffer wire format as these messages need.
    private sealed class Message
    {
        private readonly List<byte> _bytes = [];

        public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

        public Message Integer(int field, long value) => Key(field, 0).Varint((ulong)value);

        public Message Double(int field, double value)
        {
            Key(field, 1);
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            return Raw(bytes);
        }

        public Message Float(int field, float value)
        {
            Key(field, 5);
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            return Raw(bytes);
        }

        public Message Doubles(int field, double[] values)
        {
            Key(field, 2).Varint((ulong)values.Length * 8);
            Span<byte> bytes = stackalloc byte[8];
            foreach (double value in values)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                Raw(bytes);
            }
            return this;
        }

        public Message String(int field, string text) => Delimited(field, Encoding.UTF8.GetBytes(text));

        public Message Embed(int field, Message message) => Delimited(field, message.Bytes);

        private Message Delimited(int field, ReadOnlySpan<byte> bytes) => Key(field, 2).Varint((ulong)bytes.Length).Raw(bytes);

        private Message Key(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

        private Message Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
            _bytes.Add((byte)value);
            return this;
        }

        private Message Raw(ReadOnlySpan<byte> bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }
    }
}
