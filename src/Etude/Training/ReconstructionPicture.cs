using System.Globalization;
using System.Security;
using System.Text;

namespace Etude.Training;

/// <summary>Draws windows of a roll beside what an autoencoder makes of them.</summary>
internal static class ReconstructionPicture
{
    private const int Cell = 5, Gap = 30, Left = 10, Top = 30, Caption = 22;
    private const int Shades = 10; // a probability below half a shade is not drawn

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
            svg.Append(Text($"<rect x=\"{left}\" y=\"{top + Caption}\" width=\"{panel}\" height=\"{height}\" fill=\"#f0f1f4\"/>\n<g fill=\"#1f4e8c\">"));
            for (int column = 0; column < width; column++)
            {
                // Neighbours of one shade are one bar.
                for (int step = 0, end; step < cells.Length / width; step = end)
                {
                    int shade = Shade(step);
                    for (end = step + 1; end < cells.Length / width && Shade(end) == shade;) end++;
                    if (shade == 0) continue;
                    int x = left + (step * Cell), y = top + Caption + ((width - 1 - column) * Cell);
                    svg.Append(Text($"<path d=\"M{x} {y}h{(end - step) * Cell}v{Cell}H{x}z\""));
                    svg.Append(shade < Shades ? Text($" opacity=\"{shade / (double)Shades:0.#}\"/>") : "/>");
                }

                int Shade(int step) => (int)Math.Round(cells[(step * width) + column] * Shades);
            }
            svg.Append("</g>\n");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
