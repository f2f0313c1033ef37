using System.Collections.Immutable;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations.Bars;

/// <summary>The bar-based scheme: <see cref="BarsOptions"/> says what its tokens are.</summary>
internal sealed class BarsRepresentation(BarsOptions options, ImmutableArray<string> texts)
    : TokenRepresentation(new Vocabulary(texts))
{
    private readonly BarTokens _ids = new(options, texts);

    public override TokenOptions Options => options;

    public override int? StartToken => BarTokens.Start;

    public override int? EndToken => BarTokens.End;

    public override TokenReader Read(DecodeOptions? decodeOptions = null) => new BarsReader(this, options, _ids, decodeOptions);

    public override int NotesBegun(int token) =>
        token >= _ids.Pitches.Start.Value && token < _ids.Pitches.End.Value ? 1 : 0;

    public override TokenEncoding Encode(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        var losses = new EncodingLosses.Counter();
        var map = new GridMap(options.Grid, score);
        List<GridNote> notes = GridNotes.Read(score, map, 0, 127, losses, hands: options.Hands);
        if (options.Hands) notes.Sort(GridNote.ByOnsetThenHand);
        var tokens = new List<int>(notes.Count * 4);
        int next = 0, tempo = -1, lastTempo = -1;
        int end = notes.Count == 0 ? 0 : notes.Max(note => note.End);
        foreach (GridBar bar in GridBar.Of(score, map, end, _ids.Known, options.LongestSteps, losses))
        {
            tokens.Add(_ids.Bars.Start.Value + bar.Meter);
            if (bar.Steps != _ids.Known.Steps[bar.Meter]) tokens.Add(_ids.Lengths.Start.Value + bar.Steps - 1);
            if (options.Tempos)
            {
                while (tempo + 1 < score.Tempos.Length && map.StepAt(score.Tempos[tempo + 1].Onset) <= bar.Onset) tempo++;
                int index = BarTokens.TempoIndex(score.Tempos[Math.Max(0, tempo)]);
                if (index != lastTempo) tokens.Add(_ids.Tempos.Start.Value + index);
                lastTempo = index;
            }
            for (int position = -1; next < notes.Count && notes[next].Onset < bar.End; next++)
            {
                GridNote note = notes[next];
                if (note.Onset - bar.Onset != position) tokens.Add(_ids.Positions.Start.Value + note.Onset - bar.Onset);
                position = note.Onset - bar.Onset;
                AddNote(note);
            }
        }
        return new TokenEncoding([.. tokens], losses.ToLosses());

        void AddNote(GridNote note)
        {
            tokens.Add(_ids.Pitches.Start.Value + note.Pitch + (options.Hands && !note.IsLeft ? 128 : 0));
            if (options.VelocityBins > 0) tokens.Add(_ids.Velocities.Start.Value + VelocityBin.Of(note.Velocity, options.VelocityBins));
            int duration = note.End - note.Onset;
            if (duration > options.LongestSteps) losses.Count(EncodingLoss.TooLong);
            tokens.Add(_ids.Durations.Start.Value + Math.Min(duration, options.LongestSteps) - 1);
        }
    }
}
