using System.Runtime.InteropServices;
using Etude.Neural.Layers;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Checkpoints;

/// <summary>Puts what a training run consists of into a <see cref="SafetensorsFile"/> and takes it out again, bit for bit.</summary>
/// <example><code>
/// var file = new SafetensorsFile();
/// file.Store(model);
/// file.Store("optimizer", optimizer);
/// file.Store("random", random);
/// file.Write("state.safetensors");
/// </code></example>
public static class Checkpoint
{
    private const string Scale = ".scale";
    private const int FewestRows = 16; // below, scales for whole rows would be too coarse

    /// <summary>Copies every parameter and running statistic under its name.</summary>
    public static void Store(this SafetensorsFile file, Module module)
    {
        foreach (var parameter in module.State) file.Tensors.Add(parameter.Name, SafetensorsTensor.From(parameter));
    }

    /// <summary>
    /// Copies every parameter under its name in less room. As 8-bit integers a matrix stands under its name and the scales of its
    /// rows under <c>name.scale</c>; what is no matrix, or has few rows, stays as it is.
    /// </summary>
    public static void Store(this SafetensorsFile file, Module module, WeightPrecision precision)
    {
        foreach (var parameter in module.State)
        {
            if (precision == WeightPrecision.Int8 && parameter.Shape.Rank == 2 && parameter.Shape[0] >= FewestRows)
            {
                var quantized = new QuantizedMatrix(parameter);
                file.Tensors.Add(parameter.Name, SafetensorsTensor.From(quantized));
                file.Tensors.Add(parameter.Name + Scale, SafetensorsTensor.From(new Tensor([quantized.Rows], quantized.Scales)));
            }
            else
            {
                file.Tensors.Add(
                    parameter.Name,
                    precision == WeightPrecision.BFloat16 ? SafetensorsTensor.FromRounded(parameter) : SafetensorsTensor.From(parameter));
            }
        }
    }

    /// <summary>Copies an optimizer's memory, step count and learning rate under <c>prefix.name</c>.</summary>
    public static void Store(this SafetensorsFile file, string prefix, Optimizer optimizer)
    {
        file.Tensors.Add($"{prefix}.step", SafetensorsTensor.From([(long)optimizer.StepCount]));
        file.Tensors.Add($"{prefix}.learning_rate", SafetensorsTensor.From(new Tensor([1], [optimizer.LearningRate])));
        file.Store(prefix, optimizer.State);
    }

    /// <summary>Copies named tensors, such as those of a <see cref="WeightAverage"/>, under <c>prefix.name</c>.</summary>
    public static void Store(this SafetensorsFile file, string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        foreach (var (name, tensor) in tensors) file.Tensors.Add($"{prefix}.{name}", SafetensorsTensor.From(tensor));
    }

    /// <summary>Copies the place of a random stream.</summary>
    public static void Store(this SafetensorsFile file, string name, RandomSource random) =>
        file.Tensors.Add(name, SafetensorsTensor.From([(long)random.Seed, (long)random.Position]));

    /// <summary>
    /// Sets every parameter and running statistic of a module. Matrices of 8-bit integers are also kept as such, for the products of
    /// generation, until an optimizer takes charge of the parameter.
    /// </summary>
    /// <exception cref="SafetensorsException">One is missing or has another shape; the module is then unchanged.</exception>
    public static void Restore(this SafetensorsFile file, Module module)
    {
        var state = module.State;
        foreach (var parameter in state)
        {
            if (ScalesOf(file, parameter) is null) Find(file, parameter.Name, parameter.Shape);
        }
        foreach (var parameter in state)
        {
            var found = file.Tensors[parameter.Name];
            parameter.Quantized = null;
            if (ScalesOf(file, parameter) is { } scales)
            {
                parameter.Quantized = new QuantizedMatrix([.. MemoryMarshal.Cast<byte, sbyte>(found.Bytes)], [.. scales.ToTensor().Data]);
                parameter.Quantized.CopyTo(parameter.Data);
            }
            else
            {
                found.CopyTo(parameter.Data);
            }
        }
    }

    /// <summary>Sets an optimizer's memory, step count and learning rate.</summary>
    /// <exception cref="SafetensorsException">Something is missing or has another shape.</exception>
    public static void Restore(this SafetensorsFile file, string prefix, Optimizer optimizer)
    {
        file.Restore(prefix, optimizer.State);
        var rate = new Tensor([1]);
        Find(file, $"{prefix}.learning_rate", rate.Shape).CopyTo(rate.Data);
        optimizer.LearningRate = rate.Scalar;
        optimizer.StepCount = checked((int)Integers(file, $"{prefix}.step", 1)[0]);
    }

    /// <summary>Sets named tensors.</summary>
    /// <exception cref="SafetensorsException">One is missing or has another shape.</exception>
    public static void Restore(this SafetensorsFile file, string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        foreach (var (name, tensor) in tensors) Find(file, $"{prefix}.{name}", tensor.Shape).CopyTo(tensor.Data);
    }

    /// <summary>Sets the place of a random stream.</summary>
    /// <exception cref="SafetensorsException">It is missing.</exception>
    public static void Restore(this SafetensorsFile file, string name, RandomSource random)
    {
        long[] place = Integers(file, name, 2);
        random.Restore((ulong)place[0], (ulong)place[1]);
    }

    // The scales of a parameter that was stored as 8-bit integers; null where it was not.
    private static SafetensorsTensor? ScalesOf(SafetensorsFile file, Parameter parameter) =>
        file.Tensors.TryGetValue(parameter.Name, out var found) && found.Type == SafetensorsType.I8 && found.Fits(parameter.Shape)
            ? Find(file, parameter.Name + Scale, [parameter.Shape[0]])
            : null;

    private static SafetensorsTensor Find(SafetensorsFile file, string name, Shape shape)
    {
        if (!file.Tensors.TryGetValue(name, out var found)) throw new SafetensorsException(file.Path, $"there is no tensor \"{name}\".");
        if (!found.Fits(shape))
            throw new SafetensorsException(file.Path, $"tensor \"{name}\" is [{string.Join(", ", found.Extents)}]; {shape} is needed.");
        if (found.Type is not (SafetensorsType.F32 or SafetensorsType.BF16))
            throw new SafetensorsException(file.Path, $"tensor \"{name}\" holds integers ({found.Type}); floating-point values are needed.");
        return found;
    }

    private static long[] Integers(SafetensorsFile file, string name, int count)
    {
        if (!file.Tensors.TryGetValue(name, out var found)) throw new SafetensorsException(file.Path, $"there is no tensor \"{name}\".");
        if (found.Length != count || found.Type is not (SafetensorsType.I64 or SafetensorsType.I32 or SafetensorsType.U8))
            throw new SafetensorsException(file.Path, $"tensor \"{name}\" is not {count} integers.");
        return found.ToIntegers();
    }
}
