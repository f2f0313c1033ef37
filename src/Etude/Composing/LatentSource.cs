namespace Etude.Composing;

/// <summary>Where a latent comes from.</summary>
public enum LatentSource
{
    /// <summary>The primer, window by window.</summary>
    Piece,

    /// <summary>Drawn by the spread that latents of the training pieces have, each window near the one before it.</summary>
    Chance,

    /// <summary>The mean of the training pieces.</summary>
    Average,
}
