using System.Text.Json;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>Where the latents of the training pieces lie, by principal components (Pearson 1901): the file <c>latents.json</c> of a model.</summary>
/// <param name="Mean">[latent]</param>
/// <param name="Axes">The principal components, the widest first.</param>
public sealed record LatentSpace(IReadOnlyList<double> Mean, IReadOnlyList<LatentAxis> Axes)
{
    /// <summary>Its name in the model folder.</summary>
    public const string FileName = "latents.json";

    /// <summary>Finds the components.</summary>
    /// <param name="latents">Latents, each with the cells, [steps, width], of the window that it stands for; two or more.</param>
    /// <param name="width">The columns of a window.</param>
    public static LatentSpace Of(IReadOnlyList<(float[] Latent, float[] Window)> latents, int width)
    {
        int size = latents[0].Latent.Length;
        var mean = new double[size];
        foreach (var (latent, _) in latents)
        {
            for (int i = 0; i < size; i++) mean[i] += latent[i] / (double)latents.Count;
        }
        var covariance = new double[size, size];
        foreach (var (latent, _) in latents)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++) covariance[i, j] += (latent[i] - mean[i]) * (latent[j] - mean[j]) / latents.Count;
            }
        }
        double[][] measures = [.. latents.Select(pair => Measures(pair.Window, width))];
        IReadOnlyList<(double Value, double[] Vector)> components = SymmetricEigen.Decompose(covariance);
        double total = components.Sum(component => component.Value);
        return new LatentSpace(mean, [.. components.Select(component => Axis(component.Value, component.Vector))]);

        LatentAxis Axis(double variance, double[] direction)
        {
            double deviation = Math.Sqrt(Math.Max(variance, 1e-12));
            double[] along = [.. latents.Select(pair => Enumerable.Range(0, size).Sum(i => (pair.Latent[i] - mean[i]) * direction[i]) / deviation)];
            double[] ordered = [.. along.Order()];
            return new LatentAxis(
                direction, deviation, ordered[ordered.Length / 100], ordered[^((ordered.Length / 100) + 1)], total > 0 ? Math.Max(variance, 0) / total : 0,
                Correlation(along, [.. measures.Select(measure => measure[0])]),
                Correlation(along, [.. measures.Select(measure => measure[1])]),
                Correlation(along, [.. measures.Select(measure => measure[2])]));
        }
    }

    /// <summary>Reads the file of a model folder; null where it has none.</summary>
    /// <exception cref="FormatException">The file cannot be understood.</exception>
    public static LatentSpace? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<LatentSpace>(File.ReadAllText(path), Layout);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{path} is no list of latent axes: {fault.Message}", fault);
        }
    }

    internal void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Layout));

    // The label follows from the rest: it is written for readers and passed over when read.
    private static readonly JsonSerializerOptions Layout = new(RecipeJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    // Share of cells set, mean column, deviation of columns.
    private static double[] Measures(float[] window, int width)
    {
        double count = 0, sum = 0, squares = 0;
        for (int i = 0; i < window.Length; i++)
        {
            if (window[i] < 0.5f) continue;
            count++;
            sum += i % width;
            squares += (i % width) * (double)(i % width);
        }
        double mean = count > 0 ? sum / count : width / 2.0;
        return [count / window.Length, mean, count > 0 ? Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))) : 0];
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }
}
