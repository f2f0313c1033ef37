using System.Globalization;
using System.Text;
using System.Xml;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>
/// Draws a score as a piano roll: a keyboard on the left, time to the right, bars and their numbers from the time
/// signatures, a strip for the pedal below. Drums are left out: their numbers are no pitches.
/// </summary>
/// <remarks>
/// The notes of one colour are one path of about fifteen bytes a note. The drawing has no style sheet, script or
/// identifier, so it can stand inside a page.
/// </remarks>
public sealed class PianoRollSvg
{
    private const double KeyboardWidth = 44;
    private const double PedalHeight = 10;
    private const double Margin = 8;
    private const int Loudnesses = 6; // classes of velocity that have a colour of their own
    private const string Ink = "#3b4252", Faint = "#6b7386";

    // Told apart by most of the colour-blind too.
    private static readonly string[] trackColours =
        ["#2b6cb0", "#d5692a", "#2a9270", "#a8478a", "#b58a14", "#4a9cc4", "#bf3f3a", "#5c6470"];

    private static readonly string[] velocityColours = ["#a9d6dc", "#7bbbd4", "#4f95c8", "#3f6cb2", "#47439a", "#5a1e72"];

    private readonly Score score;
    private readonly PianoRollSvgOptions options;
    private readonly StringBuilder svg = new();
    private readonly Track[] tracks;
    private readonly int lowest, highest; // whole octaves, C to B
    private readonly double left, top, right, bottom, endTick;

    private PianoRollSvg(Score score, PianoRollSvgOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Width, 200, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RowHeight, 2, nameof(options));
        this.score = score;
        this.options = options;
        tracks = [.. score.Tracks.Where(track => !track.IsDrums)];
        var pitches = tracks.SelectMany(track => track.Notes).Select(note => (int)note.Pitch).DefaultIfEmpty(60).ToList();
        lowest = pitches.Min() / 12 * 12;
        highest = Math.Min(127, pitches.Max() / 12 * 12 + 11);
        endTick = Math.Max(1, (score with { Tracks = [.. tracks] }).End.Value);
        left = Margin + KeyboardWidth;
        right = options.Width - Margin;
        top = Margin + 14 + (options.Title is null ? 0 : 22);
        bottom = top + (highest - lowest + 1) * options.RowHeight;
    }

    /// <summary>Draws a score.</summary>
    /// <param name="score">What to draw, all of it: <see cref="Score.SliceBars"/> cuts out a passage.</param>
    /// <param name="options">How; see there for the defaults.</param>
    /// <returns>A whole SVG document.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static string Draw(Score score, PianoRollSvgOptions? options = null) => new PianoRollSvg(score, options ?? new()).Draw();

    private string Draw()
    {
        bool hasPedal = tracks.Any(track => !track.Pedals.IsEmpty);
        bool hasLegend = options.Colouring == PianoRollColouring.Track && tracks.Length > 1;
        double pedalTop = bottom + 6;
        double legendTop = hasPedal ? pedalTop + PedalHeight + 4 : bottom + 4;
        double height = legendTop + (hasLegend ? 20 : 0) + Margin - 4;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {options.Width} {height:0.#}" width="{options.Width}" height="{height:0.#}" role="img" font-family="system-ui,sans-serif" font-size="10">""");
        Add($"<title>{Escape(options.Title ?? "Piano roll")}</title>");
        Add($"""<rect width="100%" height="100%" fill="#fcfcfd"/>""");
        if (options.Title is { } title)
        {
            Add($"""<text x="{left}" y="{Margin + 14}" font-size="15" font-weight="600" fill="{Ink}">{Escape(title)}</text>""");
        }
        DrawRows();
        DrawBars(hasPedal ? pedalTop + PedalHeight : bottom);
        DrawNotes();
        DrawKeyboard();
        if (hasPedal) DrawPedal(pedalTop);
        if (hasLegend) DrawLegend(legendTop + 12);
        return svg.Append("</svg>\n").ToString();
    }

    private void DrawRows()
    {
        double width = right - left;
        Add($"""<rect x="{left}" y="{top}" width="{width}" height="{bottom - top}" fill="#fff"/>""");
        Add($"""<path fill="#f1f3f7" d="{Join(Pitches().Where(IsBlack), pitch => $"M{left} {Y(pitch)}h{width}v{options.RowHeight}h-{width}z")}"/>""");
        Add($"""<path stroke="#dfe3ea" d="{Join(Pitches().Where(pitch => pitch % 12 == 0), pitch => $"M{left} {Y(pitch - 1)}h{width}")}"/>""");
    }

    private void DrawBars(double below)
    {
        var map = new BarMap(score);
        var lines = new StringBuilder();
        var beats = new StringBuilder();
        var numbers = new StringBuilder();
        double lastLine = double.NegativeInfinity, lastNumber = double.NegativeInfinity;
        foreach (Bar bar in map.Until(new((int)endTick)))
        {
            double x = X(bar.Onset.Value);
            if (x - lastLine < 4) continue; // bars too narrow to be seen apart
            lastLine = x;
            Append(lines, $"M{x:0.#} {top}V{below}");
            double beat = 4.0 * score.TicksPerQuarter / bar.Meter.Denominator;
            for (double tick = bar.Onset.Value + beat; tick < bar.End.Value - 0.5 && X(beat) - left >= 8; tick += beat)
            {
                if (tick < endTick) Append(beats, $"M{X(tick):0.#} {top}V{bottom}");
            }
            if (x - lastNumber < 32 || x > right - 12) continue;
            lastNumber = x;
            Append(numbers, $"""<text x="{x + 2:0.#}" y="{top - 4}">{bar.Number}</text>""");
        }
        Add($"""<path stroke="#edf0f4" d="{beats}"/><path stroke="#c9cfda" d="{lines}"/><g fill="{Faint}">{numbers}</g>""");
    }

    private void DrawNotes()
    {
        // Rounded a little by the join of an outline in the colour of the note.
        double outline = Math.Min(1.5, options.RowHeight / 4.0);
        Add($"""<g stroke-width="{outline:0.##}" stroke-linejoin="round">""");
        bool byTrack = options.Colouring == PianoRollColouring.Track;
        for (int i = 0; i < tracks.Length; i++)
        {
            foreach (var notes in tracks[i].Notes.GroupBy(note => note.Velocity * Loudnesses / 128).OrderBy(group => group.Key))
            {
                string colour = byTrack ? trackColours[i % trackColours.Length] : velocityColours[notes.Key];
                string opacity = byTrack ? Text($""" opacity="{0.45 + 0.55 * (notes.Key + 1) / Loudnesses:0.##}" """).TrimEnd() : "";
                double inset = outline / 2 + 0.25;
                double h = options.RowHeight - 2 * inset;
                Add($"""<path fill="{colour}" stroke="{colour}"{opacity} d="{Join(notes, Rectangle)}"/>""");

                FormattableString Rectangle(Note note)
                {
                    double x = X(note.Onset.Value) + inset;
                    double w = Math.Max(0.3, X(note.End.Value) - inset - 0.4 - x); // a gap before a repeated note
                    return $"M{x:0.#} {Y(note.Pitch) + inset:0.##}h{w:0.#}v{h:0.##}h-{w:0.#}z";
                }
            }
        }
        Add($"</g>");
    }

    private void DrawKeyboard()
    {
        double height = bottom - top, black = KeyboardWidth * 0.6, row = options.RowHeight;
        Add($"""<rect x="{Margin}" y="{top}" width="{KeyboardWidth}" height="{height}" fill="#fff" stroke="#aab2c0"/>""");
        // White keys meet in the middle of the black one between them, or where there is none.
        var joints = Pitches().Where(pitch => pitch < highest && (IsBlack(pitch) || pitch % 12 is 4 or 11))
            .Select(pitch => Y(pitch) + (IsBlack(pitch) ? row / 2 : 0));
        Add($"""<path stroke="#aab2c0" d="{Join(joints, y => $"M{Margin} {y}h{KeyboardWidth}")}"/>""");
        Add($"""<path fill="{Ink}" d="{Join(Pitches().Where(IsBlack), pitch => $"M{Margin} {Y(pitch)}h{black}v{row}h-{black}z")}"/>""");
        double size = Math.Clamp(row * 1.5, 5, 9);
        Add($"""<g fill="{Faint}" text-anchor="end" font-size="{size:0.#}">""");
        foreach (int pitch in Pitches().Where(pitch => pitch % 12 == 0))
        {
            Add($"""<text x="{left - 3}" y="{Y(pitch) + row - 0.5:0.#}">C{pitch / 12 - 1}</text>""");
        }
        Add($"</g>");
    }

    private void DrawPedal(double y)
    {
        Add($"""<text x="{left - 4}" y="{y + PedalHeight - 1.5}" text-anchor="end" font-style="italic" fill="{Faint}">Ped.</text>""");
        var spans = tracks.SelectMany(track => track.Pedals).Distinct();
        Add($"""<path fill="#9aa5b8" d="{Join(spans, Rectangle)}"/>""");

        FormattableString Rectangle(Pedal pedal)
        {
            double x = X(pedal.Onset.Value), w = Math.Max(0.5, X(pedal.End.Value) - x - 1);
            return $"M{x:0.#} {y + 2}h{w:0.#}v{PedalHeight - 4}h-{w:0.#}z";
        }
    }

    private void DrawLegend(double y)
    {
        double x = left;
        for (int i = 0; i < tracks.Length && x < right - 60; i++)
        {
            string name = tracks[i].Name.Trim(' ', ':'); // LilyPond ends its names with a colon
            if (name.Length == 0) name = Text($"Part {i + 1}");
            if (name.Length > 24) name = name[..23] + "…";
            Add($"""<rect x="{x:0.#}" y="{y - 8}" width="10" height="8" rx="1.5" fill="{trackColours[i % trackColours.Length]}"/><text x="{x + 14:0.#}" y="{y}" fill="{Ink}">{Escape(name)}</text>""");
            x += 34 + 5.5 * name.Length;
        }
    }

    private IEnumerable<int> Pitches() => Enumerable.Range(lowest, highest - lowest + 1);

    private double X(double tick) => left + tick / endTick * (right - left);

    private double Y(int pitch) => top + (highest - pitch) * options.RowHeight;

    private static bool IsBlack(int pitch) => pitch % 12 is 1 or 3 or 6 or 8 or 10;

    private void Add(FormattableString text) => Append(svg, text);

    private static void Append(StringBuilder to, FormattableString text) => to.Append(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Join<T>(IEnumerable<T> items, Func<T, FormattableString> draw) =>
        string.Concat(items.Select(item => Text(draw(item))));

    // Names come from files: what XML does not know is left out.
    private static string Escape(string text) =>
        new StringBuilder(string.Concat(text.Where(XmlConvert.IsXmlChar)))
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();
}
