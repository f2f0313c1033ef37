using System.Collections.Immutable;

namespace Etude.Evaluation.Listening;

/// <summary>Pieces that are heard as one: a model's, or human music held out.</summary>
/// <param name="Name">Its name in results; listeners do not see it.</param>
/// <param name="IsHuman">Whether people composed it.</param>
/// <param name="Pieces">What names each piece to whoever plays it: a path, an address.</param>
public sealed record ListeningSet(string Name, bool IsHuman, ImmutableArray<string> Pieces);
