using System.Collections.Immutable;
using System.Globalization;
using Etude.Music.Scores;

namespace Etude.Corpora.Preparing;

/// <summary>Chooses the parts and notes of a score, and says whether the piece stays.</summary>
internal sealed class PieceFilter(CorpusOptions options)
{
    /// <summary>Why a piece does not stay; null where it does.</summary>
    internal readonly record struct Verdict(DropReason Reason, string Detail);

    private readonly HashSet<string> meters = [.. options.Meters];

    /// <summary>The score that stays of <paramref name="score"/>, what was left out, and the reason if the piece must go.</summary>
    public (Score Score, Losses Losses, Verdict? Verdict) Apply(Score score, int repairs)
    {
        if (repairs > options.MaximumRepairs)
        {
            return (score, default, Drop(DropReason.TooManyRepairs, $"{repairs} repairs, more than {options.MaximumRepairs}"));
        }
        (Score chosen, Losses losses) = ChooseParts(score);
        if (chosen.Tracks.IsEmpty) return (chosen, losses, Drop(DropReason.NoNotes, $"no {(options.PianoOnly ? "piano" : "pitched")} notes among {score.NoteCount}"));
        (chosen, int outside, Verdict? verdict) = FitRange(chosen);
        losses += new Losses { OutOfRangeNotes = outside };
        return (chosen, losses, verdict ?? Judge(chosen));
    }

    private (Score Score, Losses Losses) ChooseParts(Score score)
    {
        Losses losses = default;
        var kept = ImmutableArray.CreateBuilder<Track>(score.Tracks.Length);
        foreach (Track track in score.Tracks)
        {
            if (track.Notes.IsEmpty) continue;
            if (track.IsDrums) losses += new Losses { DrumParts = 1, DrumNotes = track.Notes.Length };
            else if (options.PianoOnly && !track.IsPiano) losses += new Losses { OtherParts = 1, OtherNotes = track.Notes.Length };
            else kept.Add(track);
        }
        if (options.Parts != PartChoice.All && kept.Count > 1)
        {
            Track only = options.Parts == PartChoice.Busiest
                ? kept.MaxBy(track => track.Notes.Length)!
                : kept.MaxBy(track => track.Notes.Average(note => note.Pitch))!;
            losses += new Losses { UnchosenParts = kept.Count - 1, UnchosenNotes = kept.Sum(track => track.Notes.Length) - only.Notes.Length };
            kept.Clear();
            kept.Add(only);
        }
        return (score with { Tracks = kept.ToImmutable() }, losses);
    }

    private (Score Score, int Dropped, Verdict? Verdict) FitRange(Score score)
    {
        (int lowest, int highest) = PitchRange(score);
        if (lowest >= options.LowestPitch && highest <= options.HighestPitch) return (score, 0, null);
        string found = $"pitches {lowest} to {highest}, outside {options.LowestPitch} to {options.HighestPitch}";
        if (options.OutOfRange == OutOfRange.DropPiece) return (score, 0, Drop(DropReason.PitchRange, found));
        if (options.OutOfRange == OutOfRange.Transpose)
        {
            int octaves = lowest < options.LowestPitch
                ? (options.LowestPitch - lowest + 11) / 12
                : -((highest - options.HighestPitch + 11) / 12);
            int semitones = 12 * octaves;
            bool fits = lowest + semitones >= options.LowestPitch && highest + semitones <= options.HighestPitch;
            return fits ? (Transposition.Apply(score, semitones), 0, null) : (score, 0, Drop(DropReason.PitchRange, found + ", in every octave"));
        }
        Score trimmed = score with { Tracks = [.. score.Tracks.Select(Trim).Where(track => !track.Notes.IsEmpty)] };
        int dropped = score.NoteCount - trimmed.NoteCount;
        return (trimmed, dropped, trimmed.Tracks.IsEmpty ? Drop(DropReason.NoNotes, "all " + found) : null);
    }

    private Track Trim(Track track) => track with
    {
        Notes = [.. track.Notes.Where(note => note.Pitch >= options.LowestPitch && note.Pitch <= options.HighestPitch)],
    };

    private Verdict? Judge(Score score)
    {
        int notes = score.NoteCount;
        if (notes < options.MinimumNotes) return Drop(DropReason.TooShort, $"{notes} notes, fewer than {options.MinimumNotes}");
        if (notes > options.MaximumNotes) return Drop(DropReason.TooLong, $"{notes} notes, more than {options.MaximumNotes}");
        double seconds = TempoChange.Seconds(score);
        if (seconds < options.MinimumSeconds) return Drop(DropReason.TooShort, $"{seconds:0.0} seconds, less than {options.MinimumSeconds}");
        if (seconds > options.MaximumSeconds) return Drop(DropReason.TooLong, $"{seconds:0.0} seconds, more than {options.MaximumSeconds}");
        if (meters.Count > 0)
        {
            string[] others = [.. MeterStretches.Of(score).Select(stretch => stretch.Meter).Distinct().Where(meter => !meters.Contains(meter))];
            if (others.Length > 0)
            {
                return Drop(DropReason.Meter, $"in {string.Join(", ", others.Take(4))}, allowed {string.Join(", ", options.Meters)}");
            }
        }
        if (options.MaximumTempoChange is double limit && TempoChange.Measure(score) is double change && change > limit)
        {
            return Drop(DropReason.TempoChange, $"tempo change {change:0.000}, more than {limit}");
        }
        return null;
    }

    internal static (int Lowest, int Highest) PitchRange(Score score)
    {
        int lowest = 127, highest = 0;
        foreach (Track track in score.Tracks)
        {
            foreach (Note note in track.Notes)
            {
                lowest = Math.Min(lowest, note.Pitch);
                highest = Math.Max(highest, note.Pitch);
            }
        }
        return (lowest, highest);
    }

    private static Verdict Drop(DropReason reason, FormattableString detail) => new(reason, detail.ToString(CultureInfo.InvariantCulture));

    private static Verdict Drop(DropReason reason, string detail) => new(reason, detail);
}
