using System.Numerics;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>
/// A vector register of <see cref="Width"/> floats. Kernels are written once over it and the compiler makes one machine
/// version for each width; <see cref="Lanes1"/> is the scalar twin, which also does what is left over at the end of a row.
/// </summary>
internal interface ILanes<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Width { get; }

    static abstract TSelf Load(ref readonly float source);

    /// <summary>As many 8-bit integers, made floats.</summary>
    static abstract TSelf LoadBytes(ref readonly sbyte source);

    static abstract TSelf Broadcast(float value);

    void Store(ref float destination);

    /// <summary>a b + c, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Adds a b in place, rounded as <see cref="MultiplyAdd"/> does; a sum of many then keeps its register.</summary>
    void Accumulate(TSelf a, TSelf b);

    /// <summary>The smaller; a NaN in <paramref name="b"/> stays.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger; a NaN in <paramref name="b"/> stays.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The nearest whole number, the even one where two are as near.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>a 2^n, for whole n from -252 to 254.</summary>
    static abstract TSelf TimesPowerOfTwo(TSelf a, TSelf n);

    /// <summary>a in the lanes where x is greater than y, else b.</summary>
    static abstract TSelf SelectGreater(TSelf x, TSelf y, TSelf a, TSelf b);

    /// <summary>The sum over the lanes, in a fixed order.</summary>
    static abstract float Sum(TSelf a);
}
