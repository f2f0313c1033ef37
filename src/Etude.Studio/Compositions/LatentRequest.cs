using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Etude.Composing;

namespace Etude.Studio.Compositions;

/// <summary>From which latents to compose; only for models that have sliders.</summary>
internal sealed record LatentRequest
{
    [Description("Where latents come from: the primer (piece), chance, or the average of what was learned; absent for the primer where there is one, else chance.")]
    public LatentSource? Source { get; init; }

    [Description("How far to move along components, in standard deviations of the training pieces.")]
    [MaxLength(64)]
    public IReadOnlyList<LatentSlide> Slides { get; init; } = [];

    [Description("A piece or a file to move to, from the primer.")]
    public PrimerPassage? Towards { get; init; }

    [Description("One point of the way alone: 0 is the primer, 1 the other piece; absent for the whole way as one piece, in windows as many as the length asks for.")]
    [Range(0, 1)]
    public float? Share { get; init; }
}
