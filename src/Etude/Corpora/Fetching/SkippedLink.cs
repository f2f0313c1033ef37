namespace Etude.Corpora.Fetching;

/// <summary>A link, or a member of an archive, that was not saved.</summary>
/// <param name="Address">The link, or the archive and the member's name.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedLink(string Address, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Address}: {Reason}";
}
