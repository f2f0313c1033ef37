using System.Buffers.Binary;
using System.Text.Json;

namespace Etude.Neural.Checkpoints;

/// <summary>
/// Named tensors and metadata in the safetensors format: eight bytes of header length, a JSON header, the tensors' bytes.
/// Python reads it by <c>safetensors.numpy.load_file</c>, or in a few lines of NumPy.
/// </summary>
public sealed class SafetensorsFile
{
    private const string MetadataKey = "__metadata__";
    private const int LongestHeader = 100_000_000; // the reference implementation's limit

    /// <summary>The tensors, in the order in which they are written.</summary>
    public OrderedDictionary<string, SafetensorsTensor> Tensors { get; } = [];

    /// <summary>Free text about the whole, under names.</summary>
    public OrderedDictionary<string, string> Metadata { get; } = [];

    /// <summary>Where the file was read from; empty for a new one.</summary>
    public string Path { get; private init; } = "";

    /// <summary>Reads a file.</summary>
    /// <exception cref="SafetensorsException">The file is malformed; the message says where and how.</exception>
    /// <exception cref="IOException">The file cannot be opened, or is beyond two gigabytes.</exception>
    public static SafetensorsFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file; tensors look into it.</param>
    /// <param name="path">What to call it in error messages.</param>
    /// <exception cref="SafetensorsException">They are malformed.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        if (bytes.Length < 8) throw new SafetensorsException(path, $"{bytes.Length} bytes are too few for a safetensors file.");
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (headerLength > LongestHeader || headerLength > (ulong)bytes.Length - 8)
            throw new SafetensorsException(path, $"the header claims {headerLength} bytes of a file of {bytes.Length}; not a safetensors file, or cut short.");
        var header = bytes.Slice(8, (int)headerLength);
        var data = bytes[(8 + (int)headerLength)..];
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ReadHeader(document.RootElement, data, path);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is thrown for names that are not proper Unicode.
            throw new SafetensorsException(path, $"the header is not proper JSON ({exception.Message})", exception);
        }
    }

    /// <summary>
    /// Writes the file whole or not at all: to a temporary file beside it first, which then takes its name.
    /// </summary>
    public void Write(string path)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes to a stream.</summary>
    public void WriteTo(Stream stream)
    {
        byte[] header = Header();
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in Tensors.Values) stream.Write(tensor.Bytes);
    }

    private byte[] Header()
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in Metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var (name, tensor) in Tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (long extent in tensor.Extents) json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces bring the data to a multiple of eight bytes, so that a reader may map it into memory.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static SafetensorsFile ReadHeader(JsonElement header, ReadOnlyMemory<byte> data, string path)
    {
        if (header.ValueKind != JsonValueKind.Object) throw new SafetensorsException(path, "the header is not a JSON object.");
        var file = new SafetensorsFile { Path = path };
        var places = new List<(int Begin, int End, string Name)>();
        foreach (var property in header.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                ReadMetadata(property.Value, file, path);
                continue;
            }

            var (tensor, begin) = ReadTensor(property.Name, property.Value, data, path);
            file.Tensors.Add(property.Name, tensor);
            places.Add((begin, begin + tensor.Bytes.Length, property.Name));
        }

        // The format allows neither gaps nor overlaps.
        int covered = 0;
        foreach (var (begin, end, name) in places.Order())
        {
            if (begin != covered)
                throw new SafetensorsException(path, $"tensor \"{name}\" begins at byte {begin} of the data, not at {covered} where the one before it ends.");
            covered = end;
        }

        if (covered != data.Length)
            throw new SafetensorsException(path, $"the tensors end at byte {covered} of {data.Length} bytes of data.");
        return file;
    }

    private static void ReadMetadata(JsonElement element, SafetensorsFile file, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new SafetensorsException(path, "the metadata is not a JSON object.");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new SafetensorsException(path, $"metadata \"{property.Name}\" is not a string.");
            file.Metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private static (SafetensorsTensor Tensor, int Begin) ReadTensor(string name, JsonElement element, ReadOnlyMemory<byte> data, string path)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out var typeElement) || typeElement.ValueKind != JsonValueKind.String
            || !TryReadIntegers(element, "shape", out long[] extents)
            || !TryReadIntegers(element, "data_offsets", out long[] offsets) || offsets.Length != 2)
            throw new SafetensorsException(path, $"tensor \"{name}\" lacks a proper dtype, shape or data_offsets.");
        string typeName = typeElement.GetString()!;
        if (!Enum.TryParse<SafetensorsType>(typeName, out var type) || type.ToString() != typeName)
            throw new SafetensorsException(path, $"tensor \"{name}\" is of type \"{typeName}\"; readable are {string.Join(", ", Enum.GetNames<SafetensorsType>())}.");
        if (offsets[1] < offsets[0] || offsets[1] > data.Length)
            throw new SafetensorsException(path, $"tensor \"{name}\" lies at bytes {offsets[0]} to {offsets[1]} of {data.Length} bytes of data.");
        UInt128 size = (UInt128)SafetensorsTensor.SizeOf(type);
        foreach (long extent in extents) size = size > long.MaxValue ? size : size * (UInt128)extent;
        if (size != (UInt128)(offsets[1] - offsets[0]))
            throw new SafetensorsException(
                path, $"tensor \"{name}\" of shape [{string.Join(", ", extents)}] and type {type} has {offsets[1] - offsets[0]} bytes; {size} are needed.");
        return (new(type, extents, data[(int)offsets[0]..(int)offsets[1]]), (int)offsets[0]);
    }

    private static bool TryReadIntegers(JsonElement element, string name, out long[] values)
    {
        values = [];
        if (!element.TryGetProperty(name, out var array) || array.ValueKind != JsonValueKind.Array) return false;
        values = new long[array.GetArrayLength()];
        for (int i = 0; i < values.Length; i++)
        {
            var item = array[i];
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out values[i]) || values[i] < 0) return false;
        }

        return true;
    }
}
