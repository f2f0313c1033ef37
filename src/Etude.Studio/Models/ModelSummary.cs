namespace Etude.Studio.Models;

/// <summary>A model as a visitor chooses it.</summary>
/// <param name="Name">What a request names it by.</param>
/// <param name="Description">What it is, in a sentence or two.</param>
/// <param name="Representation">How it reads and writes music.</param>
internal sealed record ModelSummary(string Name, string Description, string Representation);
