using System.Globalization;
using System.Security;
using System.Text;

namespace Etude.Training;

/// <summary>Draws windows of a roll beside what an autoencoder makes of them.</summary>
internal static class ReconstructionPicture
{
    private const int Cell = 5, Gap = 30, Left = 10, Top = 30, Caption = 22;
    private const float Faintest = 0.05f; // a probability below this is not drawn

    /// <summary>Draws pairs one below the other, the original on the left; the darker a cell, the likelier.</summary>
    /// <param name="title">What made them.</param>
    /// <param name="windows">Captions, and the cells [steps, width] of the original and of the reconstruction, 0 to 1.</param>
    /// <param name="width">Columns of a step; the lowest key comes first.</param>
    /// <returns>A whole SVG document without style sheet or script.</returns>
    public static string Draw(string title, IReadOnlyList<(string Caption, float[] Original, float[] Made)> windows, int width)
    {
        int steps = windows.Max(window => window.Original.Length / width);
        int panel = steps * Cell, height = width * Cell;
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {(2 * (Left + panel)) + Gap} {Top + (windows.Count * (height + Caption + 10))}\" font-family=\"sans-serif\" font-size=\"13\">\n"));
        svg.Append(Text($"<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"{Left}\" y=\"20\" font-size=\"15\" fill=\"#222\">{SecurityElement.Escape(title)}</text>\n"));
        foreach (var (row, (caption, original, made)) in windows.Index())
        {
            int top = Top + (row * (height + Caption + 10));
            Panel(Left, top, $"{caption}: original", original);
            Panel(Left + panel + Gap, top, "reconstructed", made);
        }
        return svg.Append("</svg>\n").ToString();

        void Panel(int left, int top, string caption, float[] cells)
        {
            svg.Append(Text($"<text x=\"{left}\" y=\"{top + 14}\" fill=\"#444\">{SecurityElement.Escape(caption)}</text>"));
            svg.Append(Text($"<rect x=\"{left}\" y=\"{top + Caption}\" width=\"{panel}\" height=\"{height}\" fill=\"#f0f1f4\"/>\n"));
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i] < Faintest) continue;
                int x = left + (i / width * Cell), y = top + Caption + ((width - 1 - (i % width)) * Cell);
                svg.Append(Text($"<path d=\"M{x} {y}h{Cell}v{Cell}h-{Cell}z\" fill=\"#1f4e8c\""));
                svg.Append(cells[i] < 0.995f ? Text($" opacity=\"{cells[i]:0.##}\"/>") : "/>");
            }
            svg.Append('\n');
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
