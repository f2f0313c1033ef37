using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Etude.Neural.Tensors;

namespace Etude.Neural.Checkpoints;

/// <summary>One tensor of a safetensors file: little-endian, row-major.</summary>
public sealed class SafetensorsTensor
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal SafetensorsTensor(SafetensorsType type, long[] extents, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        Extents = extents;
        _bytes = bytes;
    }

    /// <summary>The type of an element.</summary>
    public SafetensorsType Type { get; }

    /// <summary>The shape: any number of axes, none for a single value.</summary>
    public IReadOnlyList<long> Extents { get; }

    /// <summary>The number of elements.</summary>
    public int Length => _bytes.Length / SizeOf(Type);

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Takes a copy of a tensor's values, exactly as <see cref="SafetensorsType.F32"/>.</summary>
    public static SafetensorsTensor From(Tensor tensor)
    {
        byte[] bytes = new byte[tensor.Length * sizeof(float)];
        for (int i = 0; i < tensor.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), tensor.Data[i]);
        return new(SafetensorsType.F32, ExtentsOf(tensor.Shape), bytes);
    }

    /// <summary>Takes a copy in half the room: each value is rounded to the nearest bfloat16, ties to even.</summary>
    public static SafetensorsTensor FromRounded(Tensor tensor)
    {
        byte[] bytes = new byte[tensor.Length * sizeof(ushort)];
        for (int i = 0; i < tensor.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(tensor.Data[i]);
            // Adding half of the last kept place carries upwards; NaN must not be carried to infinity.
            uint rounded = float.IsNaN(tensor.Data[i]) ? bits | 0x400000 : bits + 0x7FFF + ((bits >> 16) & 1);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)(rounded >> 16));
        }

        return new(SafetensorsType.BF16, ExtentsOf(tensor.Shape), bytes);
    }

    /// <summary>The integers of a quantized matrix, [rows, columns]; its scales are a tensor of their own.</summary>
    public static SafetensorsTensor From(QuantizedMatrix matrix) =>
        new(SafetensorsType.I8, [matrix.Rows, matrix.Columns], MemoryMarshal.AsBytes(matrix.Values).ToArray());

    /// <summary>A vector of 64-bit integers.</summary>
    public static SafetensorsTensor From(ReadOnlySpan<long> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return new(SafetensorsType.I64, [values.Length], bytes);
    }

    /// <summary>A vector of 32-bit integers.</summary>
    public static SafetensorsTensor From(ReadOnlySpan<int> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(int)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        return new(SafetensorsType.I32, [values.Length], bytes);
    }

    /// <summary>A vector of bytes.</summary>
    public static SafetensorsTensor From(ReadOnlySpan<byte> values) => new(SafetensorsType.U8, [values.Length], values.ToArray());

    /// <summary>Writes floating-point values to a span of the same length.</summary>
    /// <exception cref="InvalidOperationException">The elements are integers, or the length differs.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != Length) throw new InvalidOperationException($"{Length} values do not fit into {destination.Length}.");
        var bytes = Bytes;
        switch (Type)
        {
            case SafetensorsType.F32 when BitConverter.IsLittleEndian:
                bytes.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case SafetensorsType.F32:
                for (int i = 0; i < destination.Length; i++) destination[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]);
                break;
            case SafetensorsType.BF16:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]) << 16);
                break;
            default:
                throw new InvalidOperationException($"{Type} holds integers, not floating-point values.");
        }
    }

    /// <summary>The values of an integer tensor.</summary>
    /// <exception cref="InvalidOperationException">The elements are floating-point numbers.</exception>
    public long[] ToIntegers()
    {
        long[] values = new long[Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                SafetensorsType.I64 => BinaryPrimitives.ReadInt64LittleEndian(Bytes[(i * 8)..]),
                SafetensorsType.I32 => BinaryPrimitives.ReadInt32LittleEndian(Bytes[(i * 4)..]),
                SafetensorsType.U8 => Bytes[i],
                SafetensorsType.I8 => (sbyte)Bytes[i],
                _ => throw new InvalidOperationException($"{Type} holds floating-point values, not integers."),
            };
        }

        return values;
    }

    /// <summary>The values of a floating-point tensor with one to four axes.</summary>
    public Tensor ToTensor()
    {
        Span<int> extents = stackalloc int[Extents.Count];
        for (int axis = 0; axis < extents.Length; axis++) extents[axis] = checked((int)Extents[axis]);
        var tensor = new Tensor(Shape.Create(extents));
        CopyTo(tensor.Data);
        return tensor;
    }

    /// <summary>Whether the shape is the given one.</summary>
    public bool Fits(Shape shape) => Extents.SequenceEqual(ExtentsOf(shape));

    internal static int SizeOf(SafetensorsType type) => type switch
    {
        SafetensorsType.I64 => 8,
        SafetensorsType.BF16 => 2,
        SafetensorsType.U8 or SafetensorsType.I8 => 1,
        _ => 4,
    };

    private static long[] ExtentsOf(Shape shape)
    {
        long[] extents = new long[shape.Rank];
        for (int axis = 0; axis < extents.Length; axis++) extents[axis] = shape[axis];
        return extents;
    }
}
