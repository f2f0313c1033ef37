using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Operations;

public sealed class OperationGradientTests
{
    [Fact]
    public void Addition()
    {
        Tensor x = Near.Random([2, 3, 5]), y = Near.Random([2, 3, 5], 2), row = Near.Random([5], 3);
        Near.Gradient(tape => tape.Add(x, y), x, y);
        Near.Gradient(tape => tape.Add(x, row), x, row);
        Near.Gradient(tape => tape.Add(x, x), x);
        Assert.Throws<ArgumentException>(() => new Tape().Add(x, Near.Random([4])));
    }

    [Fact]
    public void Addition_to_columns()
    {
        Tensor x = Near.Random([2, 2, 5]), amounts = Near.Random([2, 2, 3], 2);
        int[] columns = [0, 4, 1, -1, -1, 2, 3, 3, 0, 4, -1, 1]; // one of them twice in a row
        Near.Gradient(tape => tape.AddToColumns(x, columns, amounts), x, amounts);
        Tensor y = new Tape(training: false).AddToColumns(x, columns, amounts);
        Assert.Equal(x.Data[5 + 2] + amounts.Data[5], y.Data[5 + 2]);
        Assert.Equal(x.Data[5], y.Data[5]);
        Assert.Throws<ArgumentException>(() => new Tape().AddToColumns(x, columns.AsSpan(0, 11), amounts));
        Assert.Throws<ArgumentException>(() => new Tape().AddToColumns(x, columns, Near.Random([2, 6])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Tape().AddToColumns(x, [.. columns.AsSpan(0, 11), 5], amounts));
    }

    [Fact]
    public void Subtraction()
    {
        Tensor x = Near.Random([3, 5]), y = Near.Random([3, 5], 2);
        Near.Gradient(tape => tape.Subtract(x, y), x, y);
    }

    [Fact]
    public void Multiplication()
    {
        Tensor x = Near.Random([3, 5]), y = Near.Random([3, 5], 2);
        Near.Gradient(tape => tape.Multiply(x, y), x, y);
        Near.Gradient(tape => tape.Multiply(x, x), x);
    }

    [Fact]
    public void Scaling()
    {
        var x = Near.Random([3, 5]);
        Near.Gradient(tape => tape.Scale(x, -1.5f), x);
    }

    [Fact]
    public void Matrix_product()
    {
        Tensor a = Near.Random([2, 3, 4]), shared = Near.Random([4, 5], 2), sharedTransposed = Near.Random([5, 4], 2);
        Tensor batched = Near.Random([2, 4, 5], 3), batchedTransposed = Near.Random([2, 5, 4], 3);
        Near.Gradient(tape => tape.MatMul(a, shared), a, shared);
        Near.Gradient(tape => tape.MatMul(a, sharedTransposed, true), a, sharedTransposed);
        Near.Gradient(tape => tape.MatMul(a, batched), a, batched);
        Near.Gradient(tape => tape.MatMul(a, batchedTransposed, true), a, batchedTransposed);
        Assert.Throws<ArgumentException>(() => new Tape().MatMul(a, sharedTransposed));
        Assert.Throws<ArgumentException>(() => new Tape().MatMul(a, Near.Random([3, 4, 5])));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(-1)]
    public void Concatenation_and_slicing(int axis)
    {
        Tensor x = Near.Random([2, 3, 4]), y = Near.Random(x.Shape.With(axis, 2), 2);
        Near.Gradient(tape => tape.Concatenate([x, y, x], axis), x, y);
        Near.Gradient(tape => tape.Slice(x, axis, 1, 1), x);
        Near.Gradient(tape => tape.Slice(tape.Concatenate([x, y], axis), axis, 1, x.Shape[axis]), x, y);
        using var tape = new Tape();
        var whole = tape.Concatenate([x, y], axis);
        Assert.Equal(x.Data, tape.Slice(whole, axis, 0, x.Shape[axis]).Data);
        Assert.Equal(y.Data, tape.Slice(whole, axis, x.Shape[axis], 2).Data);
    }

    [Theory]
    [InlineData(0, 1), InlineData(1, 2), InlineData(0, -1), InlineData(-2, -3)]
    public void Transposition(int first, int second)
    {
        var x = Near.Random([2, 3, 4, 5]);
        Near.Gradient(tape => tape.Transpose(x, first, second), x);
        using var tape = new Tape();
        Assert.Equal(x.Data, tape.Transpose(tape.Transpose(x, first, second), first, second).Data);
        Assert.Equal([1, 4, 2, 5, 3, 6], tape.Transpose(new Tensor([2, 3], [1, 2, 3, 4, 5, 6]), 0, 1).Data);
    }

    [Fact]
    public void Views()
    {
        var x = Near.Random([4, 6]);
        Near.Gradient(tape => tape.Tanh(tape.Reshape(x, [2, 3, 4])), x);
        Near.Gradient(tape => tape.Tanh(tape.SliceFirst(x, 1, 2)), x);
        Near.Gradient(tape => tape.Tanh(tape.SliceFirst(tape.Reshape(tape.Scale(x, 2), [6, 4]), 5, 1)), x);
        Near.Gradient(tape => tape.Multiply(tape.SliceFirst(tape.SliceFirst(x, 1, 3), 1, 2), tape.SliceFirst(x, 0, 2)), x);
    }

    [Fact]
    public void Activations()
    {
        var x = Near.Random([3, 7]);
        foreach (ref float value in x.Data) value += MathF.Sign(value) * 0.1f; // away from the corners at 0
        Near.Gradient(tape => tape.Relu(x), x);
        Near.Gradient(tape => tape.Elu(x), x);
        Near.Gradient(tape => tape.Gelu(x), x);
        Near.Gradient(tape => tape.Tanh(x), x);
        Near.Gradient(tape => tape.Sigmoid(x), x);
    }

    [Fact]
    public void Softmax()
    {
        var x = Near.Random([3, 7]);
        Near.Gradient(tape => tape.Softmax(x), x);
    }

    [Fact]
    public void Sum_and_mean()
    {
        var x = Near.Random([3, 7]);
        Near.Gradient(tape => tape.Sum(x), x);
        Near.Gradient(tape => tape.Mean(x), x);
    }
}
