using System.Buffers.Binary;
using System.Text;
using Etude.Training;

namespace Etude.Tests.Training;

public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etude-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Scalars_are_framed_with_both_checksums()
    {
        using (var writer = new TensorBoardWriter(_folder)) writer.Scalar("loss", 7, 1.5f);

        List<byte[]> records = ReadRecords();

        Assert.Equal(2, records.Count);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(records[0]), StringComparison.Ordinal);
        // Event { wall_time = 1 (double), step = 2 (varint 7), summary = 5 { value = 1 { tag = 1, simple_value = 2 } } }
        byte[] expected = [0x10, 0x07, 0x2A, 0x0D, 0x0A, 0x0B, 0x0A, 0x04, (byte)'l', (byte)'o', (byte)'s', (byte)'s', 0x15, 0, 0, 0xC0, 0x3F];
        Assert.Equal(0x09, records[1][0]);
        Assert.Equal(expected, records[1][9..]);
    }

    [Fact]
    public void Reopening_continues_the_same_file()
    {
        using (var writer = new TensorBoardWriter(_folder)) writer.Scalar("loss", 1, 3);
        using (var writer = new TensorBoardWriter(_folder)) writer.Scalar("loss", 2, 2);

        Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(3, ReadRecords().Count);
    }

    [Fact]
    public void Histogram_counts_every_value()
    {
        using (var writer = new TensorBoardWriter(_folder)) writer.Histogram("weights", 1, [-1f, 0f, 0f, 1f]);

        byte[] record = ReadRecords()[1];
        // The bucket counts are the last field (7) of the innermost message: key 0x3A, length 240, thirty doubles.
        int at = record.AsSpan().LastIndexOf(new byte[] { 0x3A, 0xF0, 0x01 });
        double total = 0;
        for (int i = 0; i < 30; i++) total += BinaryPrimitives.ReadDoubleLittleEndian(record.AsSpan(at + 3 + (8 * i)));
        Assert.Equal(4, total);
    }

    private List<byte[]> ReadRecords()
    {
        byte[] file = File.ReadAllBytes(Directory.GetFiles(_folder)[0]);
        var records = new List<byte[]>();
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(MaskedCrc(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] payload = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(MaskedCrc(payload), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(payload);
            at += 16 + length;
        }
        return records;
    }

    // CRC-32C bit by bit, from its polynomial.
    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
