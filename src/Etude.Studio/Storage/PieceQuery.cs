namespace Etude.Studio.Storage;

/// <summary>Which kept pieces to list, newest first.</summary>
/// <param name="Search">Text that the title or the model's name holds, whatever the case; null for all.</param>
/// <param name="Model">The model's name; null for all.</param>
/// <param name="Rating">The fewest stars; 0 for all.</param>
/// <param name="Skip">How many to leave out from the start.</param>
/// <param name="Take">How many to list at most.</param>
internal sealed record PieceQuery(string? Search = null, string? Model = null, int Rating = 0, int Skip = 0, int Take = 50);
