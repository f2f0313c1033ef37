using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Evaluation.Sets;

/// <summary>Pieces that belong together: a model's, a folder's, a split's.</summary>
/// <param name="Name">What reports call them.</param>
/// <param name="Pieces">The pieces.</param>
public sealed record PieceSet(string Name, ImmutableArray<Score> Pieces)
{
    /// <summary>
    /// The control that bounds any distance from above: pieces of the same numbers of notes whose pitches, durations and
    /// steps from onset to onset are each drawn from all notes of the set, without putting back. What the set's notes are
    /// stays; everything about their order goes, also which piece they belong to.
    /// </summary>
    /// <param name="seed">Where the dice start.</param>
    public PieceSet Shuffled(int seed = 1)
    {
        const int TicksPerQuarter = 480;
        var random = new Random(seed);
        var pitches = new List<byte>();
        var durations = new List<int>();
        var steps = new List<int>();
        foreach (Score piece in Pieces)
        {
            int last = 0;
            foreach (Note note in piece.NotesInOrder(track => !track.IsDrums))
            {
                pitches.Add(note.Pitch);
                durations.Add(OnGrid(note.Duration));
                steps.Add(OnGrid(note.Onset) - last);
                last = OnGrid(note.Onset);
            }
            int OnGrid(Tick tick) => (int)Math.Round((double)tick.Value * TicksPerQuarter / piece.TicksPerQuarter);
        }
        byte[] pitch = [.. pitches];
        int[] duration = [.. durations], step = [.. steps];
        random.Shuffle(pitch);
        random.Shuffle(duration);
        random.Shuffle(step);

        int next = 0;
        var shuffled = ImmutableArray.CreateBuilder<Score>(Pieces.Length);
        foreach (Score piece in Pieces)
        {
            var notes = new Note[piece.NotesInOrder(track => !track.IsDrums).Length];
            int onset = 0;
            for (int i = 0; i < notes.Length; i++, next++)
            {
                onset += step[next];
                notes[i] = new Note(new Tick(onset), new Tick(Math.Max(1, duration[next])), pitch[next], 80);
            }
            shuffled.Add(Score.Piano(notes, TicksPerQuarter) with { Meters = [piece.Meters[0] with { Onset = Tick.Zero }] });
        }
        return new PieceSet($"{Name}, notes shuffled", shuffled.MoveToImmutable());
    }

    /// <summary>The pieces that have so many bars, a pick-up not counted, cut to them: what stands beside pieces composed to that length.</summary>
    /// <param name="bars">The length, 1 or more.</param>
    public PieceSet FirstBars(int bars) => this with
    {
        Pieces = [.. from piece in Pieces
                     let map = new BarMap(piece)
                     where piece.NoteCount > 0 && map.LastNumber >= bars
                     select piece.SliceBars(map.FirstNumber, bars)],
    };

    /// <summary>The beginnings of the pieces, all on one grid: what metrics compare, as many depend on length and grid.</summary>
    /// <param name="notes">How many notes of each piece stay.</param>
    /// <param name="stepsPerQuarter">The grid, to which onsets and ends are rounded.</param>
    internal PieceSet Beginnings(int notes, int stepsPerQuarter) => this with
    {
        Pieces = [.. Pieces.Select(piece => piece.Rescale(stepsPerQuarter)).Select(piece => Score.Piano(
            piece.NotesInOrder(track => !track.IsDrums).Take(notes), stepsPerQuarter) with { Meters = piece.Meters })],
    };
}
