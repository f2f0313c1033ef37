namespace Etude.Corpora;

/// <summary>Pieces that share music, in whatever key, tempo or edition.</summary>
/// <param name="Kept">The one that stays, or the largest where all do.</param>
/// <param name="Others">The others.</param>
/// <param name="Similarity">The least similarity, 0 to 1, that joined two of them.</param>
public sealed record DuplicateGroup(string Kept, IReadOnlyList<string> Others, double Similarity);
