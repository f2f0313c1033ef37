using Etude.Music.Scores;

namespace Etude.Tests.Evaluation.Originality;

/// <summary>Pieces of chance with chords and mixed rhythm, so that long passages are shared only by copying.</summary>
internal static class RandomPieces
{
    public static Score Piece(int seed, int notes = 400, int ticksPerQuarter = 480)
    {
        var random = new Random(seed);
        int onset = 0, sixteenth = ticksPerQuarter / 4;
        var list = new List<Note>();
        for (int i = 0; i < notes; i++)
        {
            list.Add(new Note(new Tick(onset), new Tick(sixteenth), (byte)random.Next(40, 90), 80));
            onset += sixteenth * random.Next(0, 4);
        }
        return Score.Piano(list.DistinctBy(note => (note.Onset, note.Pitch)), ticksPerQuarter);
    }

    public static Score Transposed(Score score, int semitones) =>
        Change(score, notes => notes.Select(note => note with { Pitch = (byte)(note.Pitch + semitones) }));

    public static Score Change(Score score, Func<IEnumerable<Note>, IEnumerable<Note>> change) =>
        Score.Piano(change(score.Tracks[0].Notes), score.TicksPerQuarter);
}
