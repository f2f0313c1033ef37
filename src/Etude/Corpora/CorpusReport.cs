using System.Text.Json.Serialization;
using System.Text.Json;
using Etude.Corpora.Caching;
using Etude.Corpora.Preparing;

namespace Etude.Corpora;

/// <summary>What a preparation saw, kept and left out: as numbers, as text by <see cref="ToString"/> and as JSON.</summary>
public sealed record CorpusReport
{
    /// <summary>The folder that names are seen from.</summary>
    public required string Folder { get; init; }

    /// <summary>Music files found.</summary>
    public required int FilesSeen { get; init; }

    /// <summary>Music files that <see cref="CorpusOptions.Select"/> and <see cref="CorpusOptions.Exclude"/> left aside.</summary>
    public required int FilesNotSelected { get; init; }

    /// <summary>Pieces in the corpus.</summary>
    public required int PiecesKept { get; init; }

    /// <summary>Files left out, by reason.</summary>
    public required IReadOnlyDictionary<DropReason, int> FilesDropped { get; init; }

    /// <summary>Parts left out of the files read, by reason.</summary>
    public required IReadOnlyDictionary<string, int> PartsDropped { get; init; }

    /// <summary>Notes left out of the files read, by reason.</summary>
    public required IReadOnlyDictionary<string, int> NotesDropped { get; init; }

    /// <summary>Repairs that reading took, over all pieces kept.</summary>
    public required int Repairs { get; init; }

    /// <summary>The extent of each split that holds pieces.</summary>
    public required IReadOnlyList<SplitSummary> Splits { get; init; }

    /// <summary>Pieces by the meter that holds longest in them, the most frequent first.</summary>
    public required IReadOnlyDictionary<string, int> Meters { get; init; }

    /// <summary>The lowest pitch of all pieces.</summary>
    public required int LowestPitch { get; init; }

    /// <summary>The highest pitch of all pieces.</summary>
    public required int HighestPitch { get; init; }

    /// <summary>The groups of files that are the same music.</summary>
    public required IReadOnlyList<DuplicateGroup> Duplicates { get; init; }

    /// <summary>The groups of pieces that share much music but are kept, in one split: each named with its others.</summary>
    public required IReadOnlyList<DuplicateGroup> Related { get; init; }

    /// <summary>What else should be known: patterns that match nothing, listed files that are missing, a cache that was broken.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether the cache served and nothing was read anew.</summary>
    public bool FromCache { get; init; }

    /// <summary>How long this preparation took, in seconds.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>The number of notes in all pieces.</summary>
    [JsonIgnore]
    public long NoteCount => Splits.Sum(split => split.Notes);

    /// <summary>The length of all pieces in hours.</summary>
    [JsonIgnore]
    public double Hours => Splits.Sum(split => split.Seconds) / 3600;

    /// <summary>The report as JSON, indented.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented.CorpusReport);

    private static CorpusJson Indented { get; } = new(new(CorpusJson.Default.Options) { WriteIndented = true });

    /// <summary>The report as some twenty lines of text.</summary>
    public override string ToString() => CorpusReportText.Write(this);
}
