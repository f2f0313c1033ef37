using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Composed notes, apart from those that were given.</summary>
/// <param name="Right">The right hand's, in order; all where hands are not told apart.</param>
/// <param name="Left">The left hand's, in order.</param>
/// <param name="From">Where they may begin.</param>
/// <param name="To">Where they end at the latest.</param>
internal sealed record NewMusic(ImmutableArray<Note> Right, ImmutableArray<Note> Left, Tick From, Tick To)
{
    /// <summary>Pedalling that goes with them.</summary>
    public ImmutableArray<Pedal> Pedals { get; init; } = [];

    public bool IsEmpty => Right.IsEmpty && Left.IsEmpty;

    /// <summary>The notes that a score has between two ticks, cut at the second; of both hands or of one.</summary>
    /// <param name="score">Two tracks, the right hand and the left.</param>
    /// <param name="from">The first onset, in the score's ticks.</param>
    /// <param name="to">The end.</param>
    /// <param name="shift">Added to all.</param>
    /// <param name="hand">The hand; null for both.</param>
    public static NewMusic Of(Score score, Tick from, Tick to, Tick shift, Hand? hand = null)
    {
        return new NewMusic(Notes(Hand.Right, 0), Notes(Hand.Left, 1), from + shift, to + shift);

        ImmutableArray<Note> Notes(Hand of, int track) => hand is { } only && only != of
            ? []
            : [.. score.Tracks[track].Notes.Where(note => note.Onset >= from && note.Onset < to)
                .Select(note => note with { Onset = note.Onset + shift, Duration = Tick.Min(note.End, to) - note.Onset }).Order()];
    }

    /// <summary>The same with each note changed.</summary>
    public NewMusic Map(Func<Note, Note> change) => this with { Right = [.. Right.Select(change)], Left = [.. Left.Select(change)] };

    /// <summary>A score with these notes: each hand's in the track that is that hand's, else in the first of the piano, else in a new one.</summary>
    public Score AddTo(Score score)
    {
        int[] leftBelow = Hands.LeftBelow(score);
        List<Track> tracks = [.. score.Tracks];
        Add(Right, pitch: 127, "Right hand", Pedals);
        Add(Left, pitch: 0, "Left hand", []);
        return score with { Tracks = [.. tracks] };

        void Add(ImmutableArray<Note> notes, int pitch, string name, ImmutableArray<Pedal> pedals)
        {
            if (notes.IsEmpty && pedals.IsEmpty) return;
            int at = -1;
            for (int track = leftBelow.Length - 1; track >= 0; track--)
            {
                Track candidate = score.Tracks[track];
                bool isLeft = pitch < leftBelow[track];
                if (candidate.IsPiano && candidate.Notes.Length > 0 && isLeft == (pitch == 0)) at = track;
            }
            if (at < 0)
            {
                // Empty tracks of a piece from nothing are called by their hands.
                at = tracks.FindIndex(track => track.Name == name);
                if (at < 0)
                {
                    at = tracks.Count;
                    tracks.Add(new Track { Name = name });
                }
            }
            tracks[at] = tracks[at] with
            {
                Notes = [.. tracks[at].Notes.Concat(notes).Order()],
                Pedals = [.. tracks[at].Pedals.Concat(pedals).OrderBy(pedal => pedal.Onset)],
            };
        }
    }
}
