namespace Etude.Corpora.Fetching;

/// <summary>How far the gathering is.</summary>
/// <param name="FilesDone">Links dealt with.</param>
/// <param name="FilesTotal">Links found.</param>
/// <param name="BytesDone">Bytes downloaded so far, by this call.</param>
/// <param name="File">The file at hand.</param>
/// <param name="FileBytes">Its bytes on the disk so far.</param>
/// <param name="FileLength">Its length; null where the server does not say.</param>
public readonly record struct FetchProgress(int FilesDone, int FilesTotal, long BytesDone, string File, long FileBytes, long? FileLength);
