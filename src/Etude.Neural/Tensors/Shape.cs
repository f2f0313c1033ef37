using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Etude.Neural.Tensors;

/// <summary>The extents of a row-major tensor: one to four axes, the last one contiguous. Written <c>[batch, time, channels]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly record struct Shape
{
    private readonly int _first, _second, _third, _fourth;

    private Shape(ReadOnlySpan<int> extents)
    {
        if (extents.Length is < 1 or > 4)
            throw new ArgumentException($"A shape has one to four axes; {extents.Length} were given.", nameof(extents));
        long length = 1;
        foreach (int extent in extents)
        {
            if (extent < 0) throw new ArgumentOutOfRangeException(nameof(extents), extent, "An extent is at least 0.");
            length *= extent;
            if (length > Array.MaxLength / 2)
                throw new ArgumentException($"[{string.Join(", ", extents.ToArray())}] has more elements than a tensor can hold.", nameof(extents));
        }

        Rank = extents.Length;
        Length = (int)length;
        _first = extents[0];
        _second = Rank > 1 ? extents[1] : 1;
        _third = Rank > 2 ? extents[2] : 1;
        _fourth = Rank > 3 ? extents[3] : 1;
    }

    /// <summary>Builds a shape from its extents; what a collection expression such as <c>[2, 3]</c> calls.</summary>
    /// <exception cref="ArgumentException">No extents, more than four, a negative one, or a product beyond 2^30.</exception>
    public static Shape Create(ReadOnlySpan<int> extents) => new(extents);

    /// <summary>The number of axes, 1 to 4.</summary>
    public int Rank { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The extent of an axis; negative axes count from the end, so that -1 is the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape has no such axis.</exception>
    public int this[int axis] => (axis < 0 ? axis + Rank : axis) switch
    {
        0 => _first,
        1 when Rank > 1 => _second,
        2 when Rank > 2 => _third,
        3 when Rank > 3 => _fourth,
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, $"{this} has {Rank} axes."),
    };

    /// <summary>The extent of the last axis: the channels of a row.</summary>
    public int Channels => this[-1];

    /// <summary>The product of all axes but the last: how many rows of <see cref="Channels"/> there are.</summary>
    public int Rows
    {
        get
        {
            int rows = 1;
            for (int axis = 0; axis < Rank - 1; axis++) rows *= this[axis];
            return rows;
        }
    }

    /// <summary>This shape with another last extent.</summary>
    public Shape WithChannels(int channels) => With(Rank - 1, channels);

    /// <summary>This shape with another extent of one axis; negative axes count from the end.</summary>
    public Shape With(int axis, int extent)
    {
        Span<int> extents = stackalloc int[Rank];
        for (int index = 0; index < Rank; index++) extents[index] = this[index];
        extents[axis < 0 ? axis + Rank : axis] = extent;
        return new(extents);
    }

    /// <summary>Goes over the extents, first axis first.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (int axis = 0; axis < Rank; axis++) yield return this[axis];
    }

    /// <summary>The extents as <c>[2, 3, 4]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("[");
        foreach (int extent in this) text.Append(text.Length > 1 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{extent}");
        return text.Append(']').ToString();
    }
}
