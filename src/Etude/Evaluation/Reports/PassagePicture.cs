using System.Globalization;
using System.Text;
using Etude.Evaluation.Originality;
using Etude.Music.Scores;

namespace Etude.Evaluation.Reports;

/// <summary>A shared passage as two piano rolls, the piece above and the corpus below, shared notes in colour.</summary>
public static class PassagePicture
{
    private const double Width = 1000, Left = 10, Row = 4, Gap = 30, Caption = 22;

    /// <summary>
    /// Draws the passage with what stands around it in both pieces. The lower roll is moved to the upper one's key and
    /// time, so that what is shared stands one below the other.
    /// </summary>
    /// <param name="score">The piece that the passage was found in.</param>
    /// <param name="passage">The passage, from a report on this score and this index.</param>
    /// <param name="index">The corpus.</param>
    /// <returns>A whole SVG document without style sheet or script, so that it can stand inside a page.</returns>
    public static string Draw(Score score, SharedPassage passage, CorpusIndex index)
    {
        ArgumentNullException.ThrowIfNull(passage);
        ArgumentNullException.ThrowIfNull(index);
        NoteLine line = NoteLine.Of(score);
        int first = line.Notes[passage.FirstNote].Step, last = line.Notes[passage.FirstNote + passage.Notes - 1].Step;
        int margin = Math.Max(2 * NoteLine.StepsPerQuarter, (last - first) / 10);
        (int from, int to) = (first - margin, last + margin + NoteLine.StepsPerQuarter);
        bool IsShown(GridNote note) => note.Step < to && note.Step + note.Duration > from;

        GridNote[] piece = [.. line.Notes.Where(IsShown)];
        (int start, int length) = index.NotesOf(passage.Place.Piece).GetOffsetAndLength(index.NoteCount);
        GridNote[] source = [.. Enumerable.Range(start, length).Select(index.NoteAt).Select(note => note with
        {
            Step = note.Step - passage.Place.StepShift,
            Pitch = (byte)Math.Clamp(note.Pitch + passage.Transposition, 0, 127),
        }).Where(IsShown)];
        var places = piece.Select(note => (note.Step, note.Pitch)).ToHashSet();
        places.IntersectWith(source.Select(note => (note.Step, note.Pitch)));
        places.RemoveWhere(place => place.Step < first || place.Step > last);

        int lowest = piece.Concat(source).Min(note => note.Pitch) - 1, highest = piece.Concat(source).Max(note => note.Pitch) + 1;
        double roll = (highest - lowest + 1) * Row, height = 2 * (Caption + roll) + Gap;
        var svg = new StringBuilder(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0.#}\" role=\"img\" font-family=\"system-ui,sans-serif\" font-size=\"13\">"));
        svg.Append(Invariant($"<title>{passage.SharedNotes} shared notes</title><rect width=\"100%\" height=\"100%\" fill=\"#fcfcfd\"/>"));
        string key = passage.Transposition == 0 ? "" : Invariant($", {Math.Abs(passage.Transposition)} semitones {(passage.Transposition > 0 ? "lower" : "higher")}");
        Roll(0, Invariant($"The piece, bars {passage.FirstBar} to {passage.LastBar}: {passage.SharedNotes} of {passage.Notes} notes are shared"), piece);
        Roll(Caption + roll + Gap, Invariant($"{passage.Source}, from bar {passage.SourceFirstBar}{key}"), source);
        return svg.Append("</svg>").ToString();

        void Roll(double top, string caption, GridNote[] notes)
        {
            double scale = (Width - 2 * Left) / (to - from);
            svg.Append(Invariant($"<text x=\"{Left}\" y=\"{top + 15:0.#}\" fill=\"#3b4252\">{HtmlReport.Escape(caption)}</text>"));
            svg.Append(Invariant($"<rect x=\"{Left}\" y=\"{top + Caption:0.#}\" width=\"{Width - 2 * Left}\" height=\"{roll:0.#}\" fill=\"#f0f1f4\"/>"));
            foreach (GridNote note in notes)
            {
                double x = Math.Max(from, note.Step) - from, width = Math.Min(to, note.Step + note.Duration) - from - x;
                string fill = places.Contains((note.Step, note.Pitch)) ? "#c8571b" : "#9aa1aa";
                svg.Append(Invariant($"<rect x=\"{Left + x * scale:0.##}\" y=\"{top + Caption + (highest - note.Pitch) * Row:0.#}\" width=\"{Math.Max(1, width * scale - 0.6):0.##}\" height=\"{Row - 0.5}\" fill=\"{fill}\"/>"));
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
