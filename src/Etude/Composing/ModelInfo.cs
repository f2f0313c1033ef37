namespace Etude.Composing;

/// <summary>What there is to say of a model.</summary>
/// <param name="Name">The name of its recipe.</param>
/// <param name="Description">What it is and where it comes from.</param>
/// <param name="Representation">The scheme of its representation.</param>
/// <param name="Parameters">The number of trained values.</param>
/// <param name="Hash">The SHA-256 of its weights, in hexadecimal.</param>
public sealed record ModelInfo(string Name, string Description, string Representation, long Parameters, string Hash);
