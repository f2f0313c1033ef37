namespace Etude.Studio.Models;

/// <summary>A model as a visitor chooses it.</summary>
/// <param name="Name">What a request names it by.</param>
/// <param name="Description">What it is, in a sentence or two.</param>
/// <param name="Representation">How it reads and writes music.</param>
/// <param name="Controls">The fields of a request that it minds, beside seed and length; the others are best left out.</param>
/// <param name="Styles">The styles that it can be asked for; absent where it knows none.</param>
/// <param name="Sliders">Its latent's sliders, for a sketch or a piece; absent where it has no latent.</param>
internal sealed record ModelSummary(
    string Name, string Description, string Representation, IReadOnlyList<string> Controls, IReadOnlyList<string>? Styles = null, IReadOnlyList<LatentSlider>? Sliders = null);
