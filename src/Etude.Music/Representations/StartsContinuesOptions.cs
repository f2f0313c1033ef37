using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// A roll of the 88 piano keys with two columns each, lowest key first: (1, 0) the note starts, (0, 1) it continues,
/// (0, 0) the key is silent.
/// </summary>
/// <remarks>
/// Read leniently: (1, 1) starts a note, and so does a continuation of nothing, since a passage may be cut out of a piece
/// where notes sound.
/// </remarks>
public sealed record StartsContinuesOptions : RollOptions
{
    internal const string Name = "starts-continues";

    /// <summary>The steps. Default "12 per quarter".</summary>
    public override TimeGrid Grid { get; init; } = TimeGrid.PerQuarter(12);

    /// <inheritdoc/>
    public override RollRepresentation Create() => new Representation(this);

    private sealed class Representation(StartsContinuesOptions options) : RollRepresentation
    {
        private const int Keys = Note.HighestPianoPitch - Note.LowestPianoPitch + 1;

        public override RollOptions Options => options;

        public override int Width => 2 * Keys;

        public override RollEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            List<GridNote> notes = GridNotes.Read(
                score, new GridMap(Grid, score), Note.LowestPianoPitch, Note.HighestPianoPitch, losses);
            var roll = new Roll(GridNotes.Length(notes), 2 * Keys);
            foreach (GridNote note in notes)
            {
                int column = 2 * (note.Pitch - Note.LowestPianoPitch);
                roll[note.Onset, column] = true;
                for (int step = note.Onset + 1; step < note.End; step++) roll[step, column + 1] = true;
            }
            return new RollEncoding(roll, losses.ToLosses());
        }

        private protected override IEnumerable<GridNote> NotesOf(Roll roll, byte velocity)
        {
            for (int key = 0; key < Keys; key++)
            {
                for (int step = 0; step < roll.Steps;)
                {
                    int onset = step++;
                    if (!roll[onset, 2 * key] && !roll[onset, 2 * key + 1]) continue;
                    while (step < roll.Steps && roll[step, 2 * key + 1] && !roll[step, 2 * key]) step++;
                    yield return new GridNote(onset, step, (byte)(key + Note.LowestPianoPitch), velocity);
                }
            }
        }
    }
}
