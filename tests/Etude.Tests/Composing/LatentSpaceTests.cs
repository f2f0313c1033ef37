using Etude.Composing;

namespace Etude.Tests.Composing;

public sealed class LatentSpaceTests
{
    private const int Width = 10;

    [Fact]
    public void The_widest_axis_is_found_and_named_by_what_it_changes()
    {
        // Two latent numbers that move together with how many cells are set, and a little noise across.
        var random = new Random(1);
        var latents = new List<(float[], float[])>();
        for (int i = 0; i < 200; i++)
        {
            int set = random.Next(1, 40);
            var window = new float[4 * Width];
            foreach (int cell in Enumerable.Range(0, window.Length).OrderBy(_ => random.Next()).Take(set)) window[cell] = 1;
            float along = (set - 20) / 10f, across = (float)(random.NextDouble() - 0.5) * 0.1f;
            latents.Add(([3 + (0.6f * along) - (0.8f * across), 1 + (0.8f * along) + (0.6f * across)], window));
        }
        LatentSpace space = LatentSpace.Of(latents, Width);
        LatentAxis first = space.Axes[0];
        Assert.Equal(1, Math.Abs((0.6 * first.Direction[0]) + (0.8 * first.Direction[1])), 0.01);
        Assert.True(first.Share > 0.95);
        Assert.StartsWith("density", first.Label, StringComparison.Ordinal);
        Assert.Equal(3, space.Mean[0], 0.2);
        Assert.True(first.Low < -1 && first.High > 1, $"{first.Low} to {first.High}");
        Assert.Equal(1, space.Axes.Sum(axis => axis.Share), 1e-6);
    }

    [Fact]
    public void Eigenvectors_rebuild_their_matrix()
    {
        var matrix = new double[,] { { 4, 1, -2 }, { 1, 3, 0.5 }, { -2, 0.5, 6 } };
        var pairs = SymmetricEigen.Decompose(matrix);
        Assert.Equal(pairs.OrderByDescending(pair => pair.Value).Select(pair => pair.Value), pairs.Select(pair => pair.Value));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) Assert.Equal(matrix[i, j], pairs.Sum(pair => pair.Value * pair.Vector[i] * pair.Vector[j]), 1e-9);
        }
    }
}
