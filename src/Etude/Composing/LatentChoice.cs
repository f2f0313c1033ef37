using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>From which latents a model that has one composes.</summary>
public sealed record LatentChoice
{
    /// <summary>Where latents come from; null: the primer where there is one, else chance.</summary>
    public LatentSource? Source { get; init; }

    /// <summary>Shifts of every latent. Default none.</summary>
    public ImmutableArray<LatentSlide> Slides { get; init; } = [];

    /// <summary>A piece whose first window to move to, from the primer's first window; null for none.</summary>
    public Score? Towards { get; init; }

    /// <summary>How many windows the way to <see cref="Towards"/> takes, both ends included, 2 to 100. Default 5.</summary>
    public int Steps { get; init; } = 5;

    /// <summary>One point of the way alone: 0 is the primer, 1 is <see cref="Towards"/>. Default null: the whole way as one piece.</summary>
    public float? Share { get; init; }
}
