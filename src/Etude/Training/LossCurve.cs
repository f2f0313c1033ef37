using System.Globalization;
using System.Text;

namespace Etude.Training;

/// <summary>Draws loss and accuracy against epochs as an SVG picture.</summary>
public static class LossCurve
{
    private const int Width = 760, Height = 300, PanelWidth = 340, Top = 40, Bottom = 250;

    /// <summary>Two panels, loss and accuracy, each with the training and the held-out curve.</summary>
    /// <param name="title">What was trained.</param>
    /// <param name="epochs">One or more.</param>
    public static string Draw(string title, IReadOnlyList<EpochResult> epochs)
    {
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n"));
        svg.Append(Text($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n"));
        svg.Append(Text($"<text x=\"20\" y=\"20\" font-size=\"14\" fill=\"#222\">{System.Security.SecurityElement.Escape(title)}</text>\n"));
        double most = epochs.SelectMany(epoch => new[] { epoch.TrainLoss, epoch.ValidationLoss }).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        Panel(svg, 40, "loss (nats a token)", most, epochs, epoch => epoch.TrainLoss, epoch => epoch.ValidationLoss);
        Panel(svg, 410, "accuracy", 1, epochs, epoch => epoch.TrainAccuracy, epoch => epoch.ValidationAccuracy);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(
        StringBuilder svg, int left, string title, double most, IReadOnlyList<EpochResult> epochs,
        Func<EpochResult, double> training, Func<EpochResult, double> heldOut)
    {
        const int plotWidth = PanelWidth - 30;
        double last = epochs[^1].Epoch;
        for (int i = 0; i <= 4; i++)
        {
            double y = Bottom - ((Bottom - Top) * i / 4.0);
            svg.Append(Text($"<path d=\"M{left} {y:F1}h{plotWidth}\" stroke=\"#ddd\"/><text x=\"{left - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\" fill=\"#555\">{most * i / 4:G3}</text>\n"));
        }
        svg.Append(Text($"<text x=\"{left}\" y=\"{Bottom + 18}\" fill=\"#555\">0</text><text x=\"{left + plotWidth}\" y=\"{Bottom + 18}\" text-anchor=\"end\" fill=\"#555\">epoch {last}</text>\n"));
        svg.Append(Text($"<text x=\"{left}\" y=\"{Bottom + 38}\" fill=\"#222\">{title}: <tspan fill=\"#1f6feb\">training</tspan>, <tspan fill=\"#c2410c\">held out</tspan></text>\n"));
        Curve(svg, "#1f6feb", training);
        Curve(svg, "#c2410c", heldOut);

        void Curve(StringBuilder into, string colour, Func<EpochResult, double> value)
        {
            var points = epochs.Where(epoch => double.IsFinite(value(epoch)))
                .Select(epoch => Text($"{left + (plotWidth * epoch.Epoch / last):F1},{Bottom - ((Bottom - Top) * value(epoch) / most):F1}"));
            into.Append(Text($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\" points=\"{string.Join(' ', points)}\"/>\n"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
