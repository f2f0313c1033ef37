namespace Etude.Corpora.Fetching;

/// <summary>A file that was saved.</summary>
/// <param name="Name">Its path below the folder, with <c>/</c>.</param>
/// <param name="Address">Where it, or the archive that held it, was found.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hexadecimal.</param>
public sealed record FetchedFile(string Name, Uri Address, long Bytes, string Sha256);
