using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Etude.Music.Scores;

namespace Etude.Corpora.Preparing;

/// <summary>Makes a corpus of files: reads, filters, finds the same music, divides, reports.</summary>
/// <param name="options">What is chosen.</param>
/// <param name="folder">Where lists are sought, and what the report calls the source.</param>
internal sealed class CorpusPreparation(CorpusOptions options, string folder)
{
    /// <summary>A file and how to read it.</summary>
    internal readonly record struct Source(string Name, Func<(Score Score, int Repairs)> Read);

    private readonly List<string> remarks = [];
    private readonly SplitLists? lists = options.Split.By == SplitBy.List ? new SplitLists(options.Split, folder) : null;

    /// <exception cref="CorpusException">Too few pieces are left.</exception>
    public Corpus Run(IReadOnlyList<Source> sources, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        Source[] selected = [.. sources.Where(source => IsSelected(source.Name))];
        RemarkUnmatched([.. sources.Select(source => source.Name)]);
        Candidate[] candidates = Read(selected, progress, cancellation);
        if (lists is not null) TakeListed(candidates);
        RequireSome(sources.Count, candidates);
        Likeness likeness = FindLikeness(candidates);
        Divide(candidates);
        return ToCorpus(sources.Count, candidates, likeness);
    }

    private bool IsSelected(string name) =>
        (options.Select.Count == 0 || options.Select.Any(pattern => FileScan.Matches(pattern, name)))
        && !options.Exclude.Any(pattern => FileScan.Matches(pattern, name));

    private void RemarkUnmatched(string[] names)
    {
        foreach (string pattern in options.Select.Concat(options.Exclude))
        {
            if (!names.Any(name => FileScan.Matches(pattern, name))) remarks.Add($"The pattern {pattern} matches no file.");
        }
        if (lists is null) return;
        string[] missing = [.. lists.Names.Except(names)];
        if (missing.Length == 0) return;
        string some = string.Join(", ", missing.Take(3)) + (missing.Length > 3 ? ", ..." : "");
        remarks.Add($"{missing.Length} listed {(missing.Length == 1 ? "file is" : "files are")} not there: {some}");
    }

    private Candidate[] Read(Source[] sources, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var filter = new PieceFilter(options);
        var candidates = new Candidate[sources.Length];
        var clock = Stopwatch.StartNew();
        int done = 0;
        long nextReport = 0;
        Parallel.For(0, sources.Length, new ParallelOptions { CancellationToken = cancellation }, place =>
        {
            candidates[place] = Read(sources[place], filter);
            int count = Interlocked.Increment(ref done);
            long due = Interlocked.Read(ref nextReport), now = clock.ElapsedMilliseconds;
            if (count == sources.Length || (now >= due && Interlocked.CompareExchange(ref nextReport, now + 100, due) == due))
            {
                progress?.Report(new CorpusProgress(count, sources.Length, clock.Elapsed));
            }
        });
        return candidates;
    }

    private Candidate Read(Source source, PieceFilter filter)
    {
        Score score;
        int repairs;
        try
        {
            (score, repairs) = source.Read();
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            var unreadable = new Candidate { Name = source.Name, Score = new Score() };
            // Readers begin with the path, which the report names already.
            int named = fault.Message.LastIndexOf(source.Name, StringComparison.Ordinal);
            unreadable.Drop(DropReason.Unreadable, named < 0 ? fault.Message : fault.Message[(named + source.Name.Length)..].TrimStart(':', ',', ' '));
            return unreadable;
        }
        (Score kept, Losses losses, PieceFilter.Verdict? verdict) = filter.Apply(score, repairs);
        bool fingerprint = verdict is null && options.Duplicates != DuplicateHandling.Ignore;
        var candidate = new Candidate
        {
            Name = source.Name,
            Score = kept,
            Repairs = repairs,
            Losses = losses,
            Passages = fingerprint ? Passages.Of(kept) : default,
        };
        if (verdict is { } reason) candidate.Drop(reason.Reason, reason.Detail);
        return candidate;
    }

    private void TakeListed(Candidate[] candidates)
    {
        foreach (Candidate candidate in candidates.Where(candidate => candidate.Dropped is null))
        {
            if (lists![candidate.Name] is Split split) candidate.Split = split;
            else candidate.Drop(DropReason.NotInSplit, "in none of the lists");
        }
    }

    /// <summary>The groups that share music.</summary>
    private sealed record Likeness(IReadOnlyList<DuplicateGroup> Duplicates, IReadOnlyList<DuplicateGroup> Related);

    // Names the works, and leaves all but one of each group of duplicates out.
    private Likeness FindLikeness(Candidate[] candidates)
    {
        Candidate[] alive = [.. candidates.Where(candidate => candidate.Dropped is null)];
        double duplicate = options.DuplicateSimilarity, related = Math.Min(options.RelatedSimilarity, duplicate);
        IReadOnlyList<DuplicateSearch.Pair> pairs = options.Duplicates == DuplicateHandling.Ignore
            ? []
            : DuplicateSearch.Pairs([.. alive.Select(candidate => candidate.Passages)], related);
        NameWorks(alive, pairs);
        List<DuplicateGroup> duplicates = Group(alive, [.. pairs.Where(pair => pair.Similarity >= duplicate)]);
        if (options.Duplicates == DuplicateHandling.KeepOne)
        {
            Dictionary<string, Candidate> byName = alive.ToDictionary(candidate => candidate.Name, StringComparer.Ordinal);
            foreach (DuplicateGroup group in duplicates)
            {
                foreach (string other in group.Others) byName[other].Drop(DropReason.Duplicate, $"the same music as {group.Kept}");
            }
        }
        return new Likeness(duplicates, Group(alive, [.. pairs.Where(pair =>
            pair.Similarity < duplicate && alive[pair.A].Dropped is null && alive[pair.B].Dropped is null)]));
    }

    private List<DuplicateGroup> Group(Candidate[] candidates, DuplicateSearch.Pair[] pairs)
    {
        var sets = new DisjointSets(candidates.Length);
        foreach (DuplicateSearch.Pair pair in pairs) sets.Join(pair.A, pair.B);
        var least = pairs.GroupBy(pair => sets.Find(pair.A)).ToDictionary(group => group.Key, group => group.Min(pair => pair.Similarity));
        var groups = new List<DuplicateGroup>();
        foreach (IGrouping<int, int> members in Enumerable.Range(0, candidates.Length).GroupBy(sets.Find).Where(group => least.ContainsKey(group.Key)))
        {
            // The order of Split puts what is held out last: there a duplicate does least harm, and lists keep their measure.
            string[] best =
            [
                .. members.Select(place => candidates[place]).OrderByDescending(member => lists is null ? default : member.Split)
                    .ThenByDescending(member => member.Score.NoteCount).ThenBy(member => member.Name, StringComparer.Ordinal)
                    .Select(member => member.Name),
            ];
            groups.Add(new DuplicateGroup(best[0], best[1..], least[members.Key]));
        }
        return groups;
    }

    private void Divide(Candidate[] candidates)
    {
        Candidate[] alive = [.. candidates.Where(candidate => candidate.Dropped is null)];
        var works = alive.GroupBy(candidate => candidate.Work, StringComparer.Ordinal).ToArray();
        if (lists is not null)
        {
            string[] straddling = [.. works.Where(work => work.Select(piece => piece.Split).Distinct().Count() > 1).Select(work => work.Key)];
            if (straddling.Length > 0) remarks.Add($"{straddling.Length} works stand in more than one list, such as {straddling[0]}: what is learned is tested.");
            return;
        }
        Dictionary<string, Split?> dealt;
        try
        {
            dealt = SplitAssignment.Deal(works.ToDictionary(work => work.Key, work => work.Count(), StringComparer.Ordinal), options.Split);
        }
        catch (CorpusException fault) when (alive.Length < candidates.Length)
        {
            throw new CorpusException($"{fault.Message} Left out were {Reasons(candidates)}.");
        }
        foreach (Candidate candidate in alive)
        {
            if (dealt[candidate.Work] is Split split) candidate.Split = split;
            else candidate.Drop(DropReason.NotInSplit, "more pieces than the split counts out");
        }
    }

    private void NameWorks(Candidate[] candidates, IReadOnlyList<DuplicateSearch.Pair> pairs)
    {
        Regex? pattern = options.WorkPattern is null ? null : new Regex(options.WorkPattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        string[] works = [.. candidates.Select(candidate => WorkOf(candidate.Name))];
        var sets = new DisjointSets(candidates.Length);
        var firstOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int place = 0; place < works.Length; place++)
        {
            if (!firstOf.TryAdd(works[place], place)) sets.Join(firstOf[works[place]], place);
        }
        foreach (DuplicateSearch.Pair pair in pairs) sets.Join(pair.A, pair.B);
        for (int place = 0; place < candidates.Length; place++) candidates[place].Work = works[sets.Find(place)];

        string WorkOf(string name)
        {
            if (pattern is null || pattern.Match(name) is not { Success: true } match) return name;
            return match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        }
    }

    private void RequireSome(int seen, Candidate[] candidates)
    {
        if (candidates.Any(candidate => candidate.Dropped is null)) return;
        string advice = seen == 0
            ? $"It holds no music files ({ScoreReaders.Extensions}): name another folder."
            : candidates.Length == 0
                ? $"Of its {seen} music files the patterns choose none: change corpus.select or corpus.exclude."
                : $"All {candidates.Length} files were left out: {Reasons(candidates)}.";
        throw new CorpusException($"No piece is left of {folder}. {advice}");
    }

    private static string Reasons(Candidate[] candidates) => string.Join("; ", candidates
        .Select(candidate => candidate.Dropped).OfType<DroppedFile>().GroupBy(file => file.Reason).OrderByDescending(group => group.Count())
        .Select(group => $"{group.Count()} {Describe(group.Key)} (such as {group.First()}; change {SettingOf(group.Key)})"));

    internal static string Describe(DropReason reason) => reason switch
    {
        DropReason.Unreadable => "unreadable",
        DropReason.TooManyRepairs => "with too many repairs",
        DropReason.NoNotes => "without piano notes",
        DropReason.Meter => "in another meter",
        DropReason.TempoChange => "with too much tempo change",
        DropReason.TooShort => "too short",
        DropReason.TooLong => "too long",
        DropReason.PitchRange => "out of the pitch range",
        DropReason.Duplicate => "the same music as another",
        _ => "without a place in the split",
    };

    private static string SettingOf(DropReason reason) => reason switch
    {
        DropReason.Unreadable => "the files",
        DropReason.TooManyRepairs => "corpus.maximumRepairs",
        DropReason.NoNotes => "corpus.pianoOnly",
        DropReason.Meter => "corpus.meters",
        DropReason.TempoChange => "corpus.maximumTempoChange",
        DropReason.TooShort => "corpus.minimumNotes or corpus.minimumSeconds",
        DropReason.TooLong => "corpus.maximumNotes or corpus.maximumSeconds",
        DropReason.PitchRange => "corpus.lowestPitch, corpus.highestPitch or corpus.outOfRange",
        DropReason.Duplicate => "corpus.duplicates",
        _ => "corpus.split",
    };

    private Corpus ToCorpus(int seen, Candidate[] candidates, Likeness likeness)
    {
        Candidate[] kept = [.. candidates.Where(candidate => candidate.Dropped is null)];
        ImmutableArray<DroppedFile> dropped = [.. candidates.Select(candidate => candidate.Dropped).OfType<DroppedFile>()];
        ImmutableArray<CorpusPiece> pieces = [.. kept.Select(candidate => candidate.ToPiece())];
        Losses losses = kept.Aggregate(default(Losses), (sum, candidate) => sum + candidate.Losses);
        var report = new CorpusReport
        {
            Folder = folder,
            FilesSeen = seen,
            FilesNotSelected = seen - candidates.Length,
            PiecesKept = pieces.Length,
            FilesDropped = CountBy(dropped, file => file.Reason),
            PartsDropped = losses.Parts,
            NotesDropped = losses.Notes,
            Repairs = kept.Sum(candidate => candidate.Repairs),
            Splits =
            [
                .. pieces.GroupBy(piece => piece.Split).OrderBy(group => group.Key).Select(group => new SplitSummary(
                    group.Key, group.Count(), group.Select(piece => piece.Work).Distinct().Count(),
                    group.Sum(piece => (long)piece.NoteCount), group.Sum(piece => piece.Seconds))),
            ],
            Meters = CountBy(pieces, piece => piece.Meter),
            LowestPitch = pieces.Min(piece => piece.LowestPitch),
            HighestPitch = pieces.Max(piece => piece.HighestPitch),
            Duplicates = likeness.Duplicates,
            Related = likeness.Related,
            Remarks = remarks,
        };
        return new Corpus(pieces, dropped, report);
    }

    private static Dictionary<TKey, int> CountBy<T, TKey>(IEnumerable<T> values, Func<T, TKey> key)
        where TKey : notnull =>
        values.GroupBy(key).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .ToDictionary(group => group.Key, group => group.Count());
}
