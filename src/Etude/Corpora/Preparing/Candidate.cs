using Etude.Music.Scores;

namespace Etude.Corpora.Preparing;

/// <summary>A file on its way into the corpus.</summary>
internal sealed class Candidate
{
    public required string Name { get; init; }

    public required Score Score { get; init; }

    public int Repairs { get; init; }

    public Losses Losses { get; init; }

    public Passages Passages { get; init; }

    /// <summary>Why it does not stay; null while it does.</summary>
    public DroppedFile? Dropped { get; private set; }

    public string Work { get; set; } = "";

    public Split Split { get; set; }

    public void Drop(DropReason reason, string detail) => Dropped ??= new DroppedFile(Name, reason, detail);

    public CorpusPiece ToPiece()
    {
        (int lowest, int highest) = PieceFilter.PitchRange(Score);
        Score score = Score;
        return new CorpusPiece
        {
            Name = Name,
            Work = Work,
            Split = Split,
            NoteCount = score.NoteCount,
            Seconds = TempoChange.Seconds(score),
            Meter = MeterStretches.Longest(score),
            LowestPitch = lowest,
            HighestPitch = highest,
            Source = new Lazy<Score>(score),
        };
    }
}
