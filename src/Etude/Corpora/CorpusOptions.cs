using System.Globalization;
using System.Text.RegularExpressions;

namespace Etude.Corpora;

/// <summary>
/// What becomes of a folder of files: which are chosen, which of their parts and notes stay, what is left out, and how
/// the pieces are divided. Immutable; serialises as the <c>corpus</c> part of a recipe.
/// </summary>
public sealed partial record CorpusOptions
{
    /// <summary>
    /// Patterns of the files to take, such as <c>BeethovenLv*</c> or <c>mutopia-keyboard/*</c>. <c>*</c> stands for any
    /// run of characters, <c>?</c> for one; a pattern is held against the file's name and against its path below the
    /// folder, without regard to case. Default empty: every file.
    /// </summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Patterns of the files to leave aside, written as in <see cref="Select"/>. Default empty.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether only parts with a piano program (0 to 7) stay. Drums never stay. Default true.</summary>
    public bool PianoOnly { get; init; } = true;

    /// <summary>Which of the remaining parts stay. Default <see cref="PartChoice.All"/>.</summary>
    public PartChoice Parts { get; init; } = PartChoice.All;

    /// <summary>
    /// The meters allowed, such as <c>4/4</c>: a piece stays only when it is in them from beginning to end (a first
    /// short bar, the pick-up, is not looked at). Default empty: any.
    /// </summary>
    public IReadOnlyList<string> Meters { get; init; } = [];

    /// <summary>
    /// The greatest tempo change allowed, as <see cref="TempoChange.Measure"/> defines it: 0 for a constant tempo, 0.1 for
    /// a tempo that strays by a tenth. Default null: any.
    /// </summary>
    public double? MaximumTempoChange { get; init; }

    /// <summary>The fewest notes of a piece. Default 16.</summary>
    public int MinimumNotes { get; init; } = 16;

    /// <summary>The most notes of a piece. Default null: any number.</summary>
    public int? MaximumNotes { get; init; }

    /// <summary>The shortest piece, in seconds. Default 0.</summary>
    public double MinimumSeconds { get; init; }

    /// <summary>The longest piece, in seconds. Default null: any length.</summary>
    public double? MaximumSeconds { get; init; }

    /// <summary>The lowest pitch that stays. Default 21, the lowest key of a piano.</summary>
    public int LowestPitch { get; init; } = 21;

    /// <summary>The highest pitch that stays. Default 108, the highest key of a piano.</summary>
    public int HighestPitch { get; init; } = 108;

    /// <summary>What becomes of notes outside those pitches. Default <see cref="OutOfRange.DropNotes"/>.</summary>
    public OutOfRange OutOfRange { get; init; } = OutOfRange.DropNotes;

    /// <summary>The most repairs that reading a file may have taken. Default null: any number.</summary>
    public int? MaximumRepairs { get; init; }

    /// <summary>What becomes of pieces that are the same music. Default <see cref="DuplicateHandling.KeepOne"/>.</summary>
    public DuplicateHandling Duplicates { get; init; } = DuplicateHandling.KeepOne;

    /// <summary>
    /// The share of the shorter piece's passages, 0 to 1, that must be found in the longer one, in whatever key, for the two
    /// to count as the same music. Default 0.5. Not used where <see cref="Duplicates"/> is <see cref="DuplicateHandling.Ignore"/>.
    /// </summary>
    public double DuplicateSimilarity { get; init; } = 0.5;

    /// <summary>
    /// The share, 0 to 1, from which two pieces stay in one split though both are kept: an overture and the chorus that it
    /// quotes, two distant editions. Default 0.1. Not used where <see cref="Duplicates"/> is <see cref="DuplicateHandling.Ignore"/>.
    /// </summary>
    public double RelatedSimilarity { get; init; } = 0.1;

    /// <summary>
    /// A regular expression held against the path of each file below the folder; files for which its first group (or,
    /// without a group, the whole match) reads the same are one work and stay in one split. Default null: each file is a work.
    /// </summary>
    public string? WorkPattern { get; init; }

    /// <summary>How the pieces are divided. Default nine tenths for training and one for validation.</summary>
    public SplitOptions Split { get; init; } = new();

    /// <summary>These options, if they make sense.</summary>
    internal CorpusOptions Checked()
    {
        foreach (string meter in Meters) Require(MeterText().IsMatch(meter), $"corpus.meters names \"{meter}\": write meters as 4/4");
        Require(MaximumTempoChange is not < 0, $"corpus.maximumTempoChange is {MaximumTempoChange}: it is 0 or more");
        Require(MaximumNotes is not int most || most >= MinimumNotes, $"corpus.maximumNotes is {MaximumNotes}, below corpus.minimumNotes, {MinimumNotes}");
        Require(MaximumSeconds is not double longest || longest >= MinimumSeconds, $"corpus.maximumSeconds is {MaximumSeconds}, below corpus.minimumSeconds, {MinimumSeconds}");
        Require(LowestPitch >= 0 && LowestPitch <= HighestPitch && HighestPitch <= 127, $"corpus.lowestPitch to corpus.highestPitch is {LowestPitch} to {HighestPitch}: they go up, within 0 to 127");
        Require(DuplicateSimilarity is > 0 and <= 1, $"corpus.duplicateSimilarity is {DuplicateSimilarity}: it is more than 0 and at most 1");
        Require(RelatedSimilarity is > 0 and <= 1, $"corpus.relatedSimilarity is {RelatedSimilarity}: it is more than 0 and at most 1");
        if (Split.By != SplitBy.List)
        {
            Require(Split is { Training: >= 0, Validation: >= 0, Test: >= 0 } && double.IsFinite(Split.Training + Split.Validation + Split.Test), $"corpus.split has an amount below 0 or without end");
            Require(Split.Training + Split.Validation + Split.Test > 0, $"corpus.split asks for nothing: set split.training");
        }
        if (Split.By == SplitBy.Count)
        {
            Require(new[] { Split.Training, Split.Validation, Split.Test }.All(double.IsInteger), $"corpus.split counts pieces: write whole numbers, or split by share");
        }
        try
        {
            if (WorkPattern is not null) Regex.Match("", WorkPattern);
        }
        catch (ArgumentException fault)
        {
            throw new CorpusException($"corpus.workPattern is no regular expression: {fault.Message}");
        }
        return this;

        static void Require(bool holds, FormattableString otherwise)
        {
            if (!holds) throw new CorpusException(otherwise.ToString(CultureInfo.InvariantCulture) + ".");
        }
    }

    [GeneratedRegex("^[1-9][0-9]{0,2}/(1|2|4|8|16|32|64)$")]
    private static partial Regex MeterText();
}
