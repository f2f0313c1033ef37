namespace Etude.Studio.Storage;

internal enum PieceState
{
    Waiting,
    Composing,
    Done,
    Failed,
    Cancelled,
}
