namespace Etude.Corpora;

/// <summary>How far the reading of files is.</summary>
/// <param name="FilesDone">Files read.</param>
/// <param name="FilesTotal">Files to read.</param>
/// <param name="Elapsed">Time since the first file.</param>
public readonly record struct CorpusProgress(int FilesDone, int FilesTotal, TimeSpan Elapsed)
{
    /// <summary>Files a second so far; 0 before the first.</summary>
    public double FilesPerSecond => Elapsed > TimeSpan.Zero ? FilesDone / Elapsed.TotalSeconds : 0;

    /// <summary>The time left at this rate; null before the first file is read.</summary>
    public TimeSpan? TimeLeft => FilesPerSecond > 0 ? TimeSpan.FromSeconds((FilesTotal - FilesDone) / FilesPerSecond) : null;
}
