using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;


/// <summary>A roll of the twelve pitch classes that sound, read back in the octave above middle C.</summary>
public sealed record ChromaOptions : RollOptions
{
    public override TimeGrid Grid { get; init; } = TimeGrid.PerQuarter(4);

    public override RollRepresentation Create() => new Representation(this);

    private sealed class Representation(ChromaOptions options) : RollRepresentation
    {
        public override RollOptions Options => options;

        public override int Width => 12;

        public override RollEncoding Encode(Score score)
        {
            var losses = new EncodingLosses.Counter();
            List<GridNote> notes = GridNotes.Read(score, new GridMap(Grid, score), 0, 127, losses);
            var roll = new Roll(GridNotes.Length(notes), Width);
            foreach (GridNote note in notes)
            {
                for (int step = note.Onset; step < note.End; step++) roll[step, note.Pitch % 12] = true;
            }
            return new RollEncoding(roll, losses.ToLosses());
        }

        private protected override IEnumerable<GridNote> NotesOf(Roll roll, byte velocity) =>
            from column in Enumerable.Range(0, Width)
            from step in Enumerable.Range(0, roll.Steps)
            where roll[step, column]
            select new GridNote(step, step + 1, (byte)(60 + column), velocity);
    }
}
