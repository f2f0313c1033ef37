using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// First values of weights. The fans of a weight [outputs, inputs, taps...] are inputs and outputs times the product of
/// the taps.
/// </summary>
public static class Initialization
{
    /// <summary>Uniform in +-sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010).</summary>
    public static T GlorotUniform<T>(this T weight, RandomSource random) where T : Tensor
    {
        var (fanIn, fanOut) = Fans(weight.Shape);
        return Uniform(weight, MathF.Sqrt(6f / (fanIn + fanOut)), random);
    }

    /// <summary>Normal with deviation sqrt(2 / (fan in + fan out)) (Glorot and Bengio 2010).</summary>
    public static T GlorotNormal<T>(this T weight, RandomSource random) where T : Tensor
    {
        var (fanIn, fanOut) = Fans(weight.Shape);
        return Normal(weight, MathF.Sqrt(2f / (fanIn + fanOut)), random);
    }

    /// <summary>Normal with deviation sqrt(2 / fan in), for layers before a ReLU (He and others 2015).</summary>
    public static T HeNormal<T>(this T weight, RandomSource random) where T : Tensor =>
        Normal(weight, MathF.Sqrt(2f / Fans(weight.Shape).In), random);

    /// <summary>Uniform in +-<paramref name="limit"/>.</summary>
    public static T Uniform<T>(this T weight, float limit, RandomSource random) where T : Tensor
    {
        foreach (ref float value in weight.Data) value = (2 * random.NextSingle() - 1) * limit;
        return weight;
    }

    /// <summary>Normal with mean 0.</summary>
    public static T Normal<T>(this T weight, float deviation, RandomSource random) where T : Tensor
    {
        foreach (ref float value in weight.Data) value = random.NextNormal() * deviation;
        return weight;
    }

    /// <summary>One value everywhere.</summary>
    public static T Constant<T>(this T weight, float constant) where T : Tensor
    {
        weight.Data.Fill(constant);
        return weight;
    }

    /// <summary>
    /// Orthonormal rows where a block of the weight has no more rows than columns, else orthonormal columns (Saxe and others 2014).
    /// </summary>
    /// <param name="weight">[rows, columns]</param>
    /// <param name="random">The source of the normal draws that are orthogonalized.</param>
    /// <param name="blocks">How many blocks of rows are made orthogonal each for itself, such as the 4 gates of an LSTM.</param>
    public static T Orthogonal<T>(this T weight, RandomSource random, int blocks = 1) where T : Tensor
    {
        int rows = weight.Shape.Rows / blocks, columns = weight.Shape.Channels;
        for (int block = 0; block < blocks; block++)
            Orthonormalize(weight.Data.Slice(block * rows * columns, rows * columns), rows, columns, random);
        return weight;
    }

    // Gram and Schmidt on the shorter side's vectors, twice for accuracy. A block of vectors is freed of the earlier ones by
    // matrix products: vector by vector, a layer of 2048 units took minutes to make.
    private static void Orthonormalize(Span<float> weight, int rows, int columns, RandomSource random)
    {
        const int BlockSize = 32;
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        float[] vectors = new float[count * length], shares = new float[BlockSize * count];
        foreach (ref float value in vectors.AsSpan()) value = random.NextNormal();
        for (int start = 0; start < count; start += BlockSize)
        {
            int size = Math.Min(BlockSize, count - start);
            var earlier = vectors.AsSpan(0, start * length);
            var block = vectors.AsSpan(start * length, size * length);
            for (int pass = 0; pass < 2; pass++)
            {
                if (start > 0)
                {
                    Gemm.Multiply(size, start, length, block, length, false, earlier, length, true, false, shares, start);
                    Elementwise.Scale(shares, -1, shares);
                    Gemm.Multiply(size, length, start, shares, start, false, earlier, length, false, true, block, length);
                }

                OrthonormalizeBlock(block, length);
            }
        }

        for (int index = 0; index < vectors.Length; index++)
            weight[rows <= columns ? index : index % length * columns + index / length] = vectors[index];
    }

    private static void OrthonormalizeBlock(Span<float> block, int length)
    {
        for (int start = 0; start < block.Length; start += length)
        {
            var vector = block.Slice(start, length);
            for (int earlier = 0; earlier < start; earlier += length)
            {
                var other = block.Slice(earlier, length);
                Elementwise.ScaleAdd(other, -(float)Reductions.Dot(vector, other), vector);
            }

            Elementwise.Scale(vector, (float)(1 / Math.Sqrt(Reductions.Dot(vector, vector))), vector);
        }
    }

    private static (int In, int Out) Fans(Shape shape)
    {
        if (shape.Rank < 2) throw new ArgumentException($"A weight has at least two axes, outputs and inputs; {shape} has one.", nameof(shape));
        int taps = shape.Length / (shape[0] * shape[1]);
        return (shape[1] * taps, shape[0] * taps);
    }
}
