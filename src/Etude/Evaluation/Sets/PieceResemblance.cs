using Etude.Evaluation.Originality;

namespace Etude.Evaluation.Sets;

/// <summary>The passage of a corpus that a piece of a set resembles most.</summary>
/// <param name="Piece">The piece's place in its set, from 0.</param>
/// <param name="Passage">The passage.</param>
public sealed record PieceResemblance(int Piece, SharedPassage Passage);
