namespace Etude.Evaluation.Originality;

/// <summary>A passage of a piece that stands, perhaps in another key, in a piece of the corpus.</summary>
/// <param name="FirstNote">Its first note in the piece, counted from 0 in the order of onset and pitch.</param>
/// <param name="Notes">How many notes it spans in the piece.</param>
/// <param name="SharedNotes">How many of them stand in the corpus at the same place of the passage.</param>
/// <param name="FirstBar">The bar of the piece in which it begins; 0 is a pick-up.</param>
/// <param name="LastBar">The bar of the piece in which its last note begins.</param>
/// <param name="Source">The piece of the corpus.</param>
/// <param name="SourceFirstBar">The bar of that piece in which the passage begins.</param>
/// <param name="Transposition">Semitones from the corpus to the piece: 2 when the piece stands a tone higher.</param>
public sealed record SharedPassage(
    int FirstNote, int Notes, int SharedNotes, int FirstBar, int LastBar, string Source, int SourceFirstBar, int Transposition)
{
    /// <summary>What drawing needs to find the passage again: the source's number, and steps from the piece to the source.</summary>
    internal (int Piece, int StepShift) Place { get; init; }
}
