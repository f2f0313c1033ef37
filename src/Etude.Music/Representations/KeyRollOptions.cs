using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// A roll of the 88 piano keys, lowest first: a one where the key sounds. A key that is struck again without a silent
/// step between reads as one held note.
/// </summary>
public sealed record KeyRollOptions : RollOptions
{
    internal const string Name = "roll";

    /// <summary>The steps. Default "16 per measure", of the meter that holds.</summary>
    public override TimeGrid Grid { get; init; } = TimeGrid.PerMeasure(16);

    /// <inheritdoc/>
    public override RollRepresentation Create() => new Representation(this);

    private sealed class Representation(KeyRollOptions options) : RollRepresentation
    {
        private const int Keys = Note.HighestPianoPitch - Note.LowestPianoPitch + 1;

        public override RollOptions Options => options;

        public override int Width => Keys;

        public override RollEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            List<GridNote> notes = GridNotes.Read(
                score, new GridMap(Grid, score), Note.LowestPianoPitch, Note.HighestPianoPitch, losses);
            var roll = new Roll(GridNotes.Length(notes), Keys);
            foreach (GridNote note in notes)
            {
                int key = note.Pitch - Note.LowestPianoPitch;
                if (note.Onset > 0 && roll[note.Onset - 1, key]) losses.Count(EncodingLoss.RepeatJoined);
                for (int step = note.Onset; step < note.End; step++) roll[step, key] = true;
            }
            return new RollEncoding(roll, losses.ToLosses());
        }

        private protected override IEnumerable<GridNote> NotesOf(Roll roll, byte velocity)
        {
            for (int key = 0; key < Keys; key++)
            {
                for (int step = 0; step < roll.Steps; step++)
                {
                    if (!roll[step, key]) continue;
                    int onset = step;
                    while (step < roll.Steps && roll[step, key]) step++;
                    yield return new GridNote(onset, step, (byte)(key + Note.LowestPianoPitch), velocity);
                }
            }
        }
    }
}
