using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Etude.Neural.Checkpoints;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etude").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Round_trip_of_every_type()
    {
        string path = Path.Combine(_folder, "all.safetensors");
        Everything().Write(path);
        var read = SafetensorsFile.Read(path);
        Assert.Equal(["floats", "halves", "longs", "integers", "bytes", "none"], read.Tensors.Keys);
        Assert.Equal([1.5f, -2, 3.25f, float.NaN, 1e-40f, 1e30f], read.Tensors["floats"].ToTensor().Data);
        Assert.Equal([2, 3], read.Tensors["floats"].Extents);
        Assert.Equal([long.MinValue, 7], read.Tensors["longs"].ToIntegers());
        Assert.Equal([-1, 65536], read.Tensors["integers"].ToIntegers());
        Assert.Equal([0, 255, 3], read.Tensors["bytes"].ToIntegers());
        Assert.Equal(0, read.Tensors["none"].Length);
        Assert.Equal("Etüde \"one\"", read.Metadata["title"]);
        Assert.Equal(Bytes(Everything()), Bytes(read));
        Assert.Equal([path], Directory.GetFiles(_folder)); // no temporary file is left
    }

    [Fact]
    public void Data_begins_at_a_multiple_of_eight()
    {
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(Bytes(Everything())) % 8);
    }

    [Theory]
    [InlineData(1f, 1f), InlineData(1.00390625f, 1f), InlineData(1.01171875f, 1.015625f), InlineData(-3.3e38f, -3.2964854e38f)]
    [InlineData(3.4e38f, float.PositiveInfinity), InlineData(float.NaN, float.NaN)]
    public void Rounds_to_the_nearest_half_precision_ties_to_even(float value, float expected)
    {
        var tensor = SafetensorsTensor.FromRounded(new Tensor([1], [value]));
        Assert.Equal(2, tensor.Bytes.Length);
        Assert.Equal(expected, tensor.ToTensor().Scalar);
    }

    [Fact]
    public void Python_reads_what_is_written()
    {
        const string python = "/usr/bin/python3";
        string reader = Path.Combine(_folder, "reader.py"), path = Path.Combine(_folder, "all.safetensors");
        Everything().Write(path);
        File.WriteAllText(reader, """
            import json, sys
            import numpy as np
            data = open(sys.argv[1], "rb").read()
            length = int.from_bytes(data[:8], "little")
            header = json.loads(data[8:8 + length])
            def get(name, kind):
                begin, end = header[name]["data_offsets"]
                return np.frombuffer(data[8 + length + begin:8 + length + end], kind).reshape(header[name]["shape"])
            halves = (get("halves", np.uint16).astype(np.uint32) << 16).view(np.float32)
            print(header["__metadata__"]["title"], get("floats", np.float32)[0].tolist(), halves.tolist(),
                  get("longs", np.int64).tolist(), get("integers", np.int32).tolist(), get("bytes", np.uint8).tolist())
            """);
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(python, [reader, path]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"There is no {python}.");
        }

        using (process)
        {
            string output = process!.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
            if (error.Contains("No module named", StringComparison.Ordinal)) Assert.Skip("Python has no NumPy.");
            Assert.Equal("Etüde \"one\" [1.5, -2.0, 3.25] [0.5, -1.0] [-9223372036854775808, 7] [-1, 65536] [0, 255, 3]", output.Trim());
        }
    }

    [Theory]
    [InlineData("", "not proper JSON", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "", true)]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "of type \"F64\"", false)]
    [InlineData("""{"a":{"dtype":"4","shape":[2],"data_offsets":[0,8]}}""", "of type \"4\"", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "has 8 bytes; 12 are needed", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "lacks a proper", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,8]}}""", "are needed", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "bytes 0 to 12 of 8", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "end at byte 4 of 8", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not proper JSON", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks a proper", false)]
    [InlineData("""{"\ud800":5}""", "not proper JSON", false)]
    [InlineData("""{"a":5}""", "lacks a proper", false)]
    [InlineData("""[]""", "not a JSON object", false)]
    [InlineData("""{"a":""", "not proper JSON", false)]
    [InlineData("""{"__metadata__":{"x":1}}""", "metadata \"x\" is not a string", false)]
    [InlineData("""{"__metadata__":"x"}""", "metadata is not a JSON object", false)]
    public void Malformed_files_are_refused_with_the_fault(string header, string fault, bool proper)
    {
        byte[] bytes = [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[8]];
        if (proper)
        {
            Assert.Equal(2, SafetensorsFile.Parse(bytes, "good.safetensors").Tensors["a"].Length);
            return;
        }

        var exception = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(bytes, "bad.safetensors"));
        Assert.StartsWith("bad.safetensors: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = Bytes(Everything());
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(bytes.AsMemory(0, length), "cut"));
    }

    [Fact]
    public void No_damaged_header_does_anything_but_throw_the_one_exception()
    {
        byte[] original = Bytes(Everything());
        int header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(original);
        var random = new RandomSource(9);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] bytes = [.. original];
            for (int flips = 1 + random.NextInt32(3); flips > 0; flips--) bytes[random.NextInt32(header)] = (byte)random.NextInt32(256);
            try
            {
                SafetensorsFile.Parse(bytes, "damaged");
            }
            catch (SafetensorsException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 3000);
    }

    private static SafetensorsFile Everything()
    {
        var file = new SafetensorsFile();
        file.Metadata["title"] = "Etüde \"one\"";
        file.Tensors.Add("floats", SafetensorsTensor.From(new Tensor([2, 3], [1.5f, -2, 3.25f, float.NaN, 1e-40f, 1e30f])));
        file.Tensors.Add("halves", SafetensorsTensor.FromRounded(new Tensor([2], [0.5f, -1])));
        file.Tensors.Add("longs", SafetensorsTensor.From([long.MinValue, 7L]));
        file.Tensors.Add("integers", SafetensorsTensor.From([-1, 65536]));
        file.Tensors.Add("bytes", SafetensorsTensor.From(new byte[] { 0, 255, 3 }));
        file.Tensors.Add("none", SafetensorsTensor.From(ReadOnlySpan<int>.Empty));
        return file;
    }

    private static byte[] Bytes(SafetensorsFile file)
    {
        var stream = new MemoryStream();
        file.WriteTo(stream);
        return stream.ToArray();
    }
}
