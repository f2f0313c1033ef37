namespace Etude.Corpora;

/// <summary>A file that is not in the corpus.</summary>
/// <param name="Name">Its path below the corpus folder, with <c>/</c>.</param>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Detail">The reason in words, with the value measured and the limit.</param>
public sealed record DroppedFile(string Name, DropReason Reason, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Detail}";
}
