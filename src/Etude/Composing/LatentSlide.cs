namespace Etude.Composing;

/// <summary>A shift of a latent along one of the model's principal components.</summary>
/// <param name="Component">Which, from 1, the widest first.</param>
/// <param name="Deviations">How far, in standard deviations of the training pieces along it.</param>
public readonly record struct LatentSlide(int Component, float Deviations);
