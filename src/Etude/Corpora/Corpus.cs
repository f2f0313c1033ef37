using System.Collections.Immutable;
using System.Diagnostics;
using Etude.Corpora.Caching;
using Etude.Corpora.Preparing;
using Etude.Music.Scores;

namespace Etude.Corpora;

/// <summary>
/// The pieces of a folder of music files, chosen, cleaned and divided by <see cref="CorpusOptions"/>. The same files and options
/// give the same corpus; it is kept in a cache, so that only the first preparation takes time.
/// </summary>
/// <example><code>
/// Corpus corpus = Corpus.Prepare("midi", new CorpusOptions { Meters = ["4/4"] });
/// Console.WriteLine(corpus.Report);
/// foreach (CorpusPiece piece in corpus.In(Split.Training)) Learn(piece.Score);
/// </code></example>
public sealed class Corpus
{
    private readonly ILookup<Split, CorpusPiece> bySplit;

    internal Corpus(ImmutableArray<CorpusPiece> pieces, ImmutableArray<DroppedFile> dropped, CorpusReport report)
    {
        Pieces = pieces;
        Dropped = dropped;
        Report = report;
        bySplit = pieces.ToLookup(piece => piece.Split);
    }

    /// <summary>The pieces that stayed, in the order of their names.</summary>
    public ImmutableArray<CorpusPiece> Pieces { get; }

    /// <summary>The files that did not, in the order of their names, each with its reason.</summary>
    public ImmutableArray<DroppedFile> Dropped { get; }

    /// <summary>What was seen, kept and left out.</summary>
    public CorpusReport Report { get; }

    /// <summary>The pieces of one split, in the order of their names.</summary>
    public IEnumerable<CorpusPiece> In(Split split) => bySplit[split];

    /// <summary>Prepares the music files of a folder and all folders below it, or a single file.</summary>
    /// <param name="folder">The folder (or file).</param>
    /// <param name="options">What is chosen; the defaults where null.</param>
    /// <param name="cache">Where prepared corpora are kept; <see cref="CorpusCache.Default"/> where null.</param>
    /// <param name="progress">Told of the reading, about ten times a second; not at all where the cache serves.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CorpusException">The folder is missing, the options contradict themselves, or too few pieces are left.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public static Corpus Prepare(
        string folder, CorpusOptions? options = null, CorpusCache? cache = null,
        IProgress<CorpusProgress>? progress = null, CancellationToken cancellation = default) =>
        Prepare([folder], options, cache, progress, cancellation);

    /// <summary>Prepares the music files named, and those in the folders named; names are seen from the deepest folder that holds all.</summary>
    /// <inheritdoc cref="Prepare(string, CorpusOptions?, CorpusCache?, IProgress{CorpusProgress}?, CancellationToken)"/>
    /// <param name="filesAndFolders">The files and folders.</param>
    /// <param name="options">What is chosen; the defaults where null.</param>
    /// <param name="cache">Where prepared corpora are kept; <see cref="CorpusCache.Default"/> where null.</param>
    /// <param name="progress">Told of the reading, about ten times a second.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Corpus Prepare(
        IReadOnlyList<string> filesAndFolders, CorpusOptions? options = null, CorpusCache? cache = null,
        IProgress<CorpusProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filesAndFolders);
        options = (options ?? new()).Checked();
        cache ??= CorpusCache.Default;
        var clock = Stopwatch.StartNew();
        FileScan scan = FileScan.Of(filesAndFolders);
        CorpusKey key = CorpusKey.Of(scan, options);
        Corpus? corpus = cache.Find(key, out string? broken);
        bool found = corpus is not null;
        corpus ??= new CorpusPreparation(options, scan.Folder).Run(
            [.. scan.Files.Select(file => new CorpusPreparation.Source(file.Name, () => ScoreReaders.Read(file.Path)))], progress, cancellation);
        string? unkept = found ? null : cache.Keep(key, corpus);
        return new Corpus(corpus.Pieces, corpus.Dropped, corpus.Report with
        {
            FromCache = found,
            ElapsedSeconds = clock.Elapsed.TotalSeconds,
            Remarks = [.. corpus.Report.Remarks, .. new[] { broken, unkept }.OfType<string>()],
        });
    }

    /// <summary>Prepares scores that are at hand, by the same rules; nothing is cached.</summary>
    /// <param name="scores">Each with a name of its own.</param>
    /// <param name="options">What is chosen; the defaults where null. Lists are sought in the current folder.</param>
    /// <exception cref="CorpusException">The options contradict themselves, or too few pieces are left.</exception>
    public static Corpus FromScores(IEnumerable<(string Name, Score Score)> scores, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var sources = scores.OrderBy(score => score.Name, StringComparer.Ordinal)
            .Select(score => new CorpusPreparation.Source(score.Name, () => (score.Score, 0)));
        return new CorpusPreparation((options ?? new()).Checked(), Environment.CurrentDirectory).Run([.. sources], null, default);
    }
}
