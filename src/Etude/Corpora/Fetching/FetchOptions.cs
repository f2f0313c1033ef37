namespace Etude.Corpora.Fetching;

/// <summary>How files are gathered from the web: politely, and within limits.</summary>
public sealed record FetchOptions
{
    /// <summary>The time from one request to the next; a longer one that the site's robots.txt asks for holds. Default one second.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most files taken, those in archives counted one by one. Default 5,000.</summary>
    public int MaximumFiles { get; init; } = 5000;

    /// <summary>The largest MIDI file, in bytes. Default 8 MiB.</summary>
    public long MaximumFileBytes { get; init; } = 8L << 20;

    /// <summary>The largest archive, in bytes as downloaded. Default 2 GiB.</summary>
    public long MaximumArchiveBytes { get; init; } = 2L << 30;

    /// <summary>The most bytes downloaded in all, and the most that archives may unpack to. Default 4 GiB.</summary>
    public long MaximumTotalBytes { get; init; } = 4L << 30;

    /// <summary>Whether links to other hosts than the page's are followed. Default false.</summary>
    public bool OtherHosts { get; init; }

    /// <summary>How long the server may stay silent. Default thirty seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that fails in passing (a broken connection, a busy server) is made again. Default 3.</summary>
    public int Retries { get; init; } = 3;
}
