namespace Etude.Studio.Corpora;

/// <summary>A folder of music to learn from, as a visitor chooses it.</summary>
/// <param name="Id">What a request names it by: a known folder's id, or, on the visitor's own computer, a path.</param>
/// <param name="Name">What to call it.</param>
/// <param name="Files">How many files are in it.</param>
internal sealed record CorpusFolder(string Id, string Name, int Files);
