using Etude.Composing;

namespace Etude.Studio.Models;

/// <summary>A slider along a principal component of a model's latents, named by what it changes.</summary>
/// <param name="Component">Which component a slide names, from 1.</param>
/// <param name="Name">"Density", "Register", "Spread", or "Character 1" and on where a component is none of these.</param>
/// <param name="Less">What lies at the left, in a word.</param>
/// <param name="More">What lies at the right.</param>
/// <param name="Sign">1, or -1 where the component itself points to the left.</param>
/// <param name="Most">How far it goes either way, in standard deviations of the training pieces.</param>
internal sealed record LatentSlider(int Component, string Name, string Less, string More, int Sign, double Most)
{
    private const double Clear = 0.3; // the correlation below which a name would be a guess, as for LatentAxis.Label
    private const int Unnamed = 3;

    private static readonly (string Name, string Less, string More, Func<LatentAxis, double> Correlation)[] Measures =
    [
        ("Density", "sparser", "fuller", axis => axis.Density),
        ("Register", "lower", "higher", axis => axis.Register),
        ("Spread", "closer", "wider", axis => axis.Spread),
    ];

    /// <summary>The component that moves each measure most, then the widest of the rest.</summary>
    public static IReadOnlyList<LatentSlider> Of(LatentSpace space)
    {
        List<LatentSlider> sliders = [];
        List<int> left = [.. Enumerable.Range(0, space.Axes.Count)];
        foreach ((string name, string less, string more, Func<LatentAxis, double> correlation) in Measures)
        {
            if (left.Count == 0) break;
            int best = left.MaxBy(axis => Math.Abs(correlation(space.Axes[axis])));
            if (Math.Abs(correlation(space.Axes[best])) < Clear) continue;
            left.Remove(best);
            sliders.Add(Of(space.Axes[best], best, name, less, more, correlation(space.Axes[best]) < 0 ? -1 : 1));
        }
        foreach ((int axis, int number) in left.Take(Unnamed).Select((axis, number) => (axis, number + 1)))
            sliders.Add(Of(space.Axes[axis], axis, $"Character {number}", "one way", "the other", 1));
        return sliders;
    }

    private static LatentSlider Of(LatentAxis axis, int index, string name, string less, string more, int sign) =>
        new(index + 1, name, less, more, sign, Math.Round(Math.Max(1, Math.Max(Math.Abs(axis.Low), Math.Abs(axis.High))), 1));
}
