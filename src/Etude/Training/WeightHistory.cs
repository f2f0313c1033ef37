using System.Globalization;
using System.Text;
using Etude.Neural.Layers;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>
/// How the weights of each layer are spread, epoch by epoch: the files <c>weights.csv</c> (percentiles) and
/// <c>weights.svg</c> (the same as bands over the epochs, a panel a layer) of a run.
/// </summary>
internal sealed class WeightHistory
{
    /// <summary>The names of its files in the run folder.</summary>
    public const string TableFile = "weights.csv", PictureFile = "weights.svg";

    private const int MostSampled = 20_000; // weights of a layer that percentiles are found from, evenly apart
    private const int Panel = 220, PanelHeight = 130, Gap = 40, PerRow = 4;
    private static readonly double[] percentiles = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

    private readonly string _folder;
    private readonly List<(int Epoch, string Layer, double[] Values)> _rows = [];

    /// <summary>Takes up what a run wrote until an epoch.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="epochs">Epochs finished: rows of later ones are dropped.</param>
    public WeightHistory(string folder, int epochs)
    {
        _folder = folder;
        string path = Path.Combine(folder, TableFile);
        if (epochs == 0 || !File.Exists(path)) return;
        foreach (string[] cells in File.ReadLines(path).Skip(1).Select(line => line.Split(',')))
        {
            if (cells.Length != percentiles.Length + 2 || !int.TryParse(cells[0], CultureInfo.InvariantCulture, out int epoch) || epoch > epochs) continue;
            _rows.Add((epoch, cells[1], [.. cells.Skip(2).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]));
        }
    }

    /// <summary>Adds an epoch and writes both files. Of each layer its matrices are shown, not its biases.</summary>
    public void Add(int epoch, IEnumerable<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters.Where(parameter => parameter.Shape.Rank > 1))
        {
            ReadOnlySpan<float> data = parameter.Data;
            var sample = new float[Math.Min(MostSampled, data.Length)];
            for (int i = 0; i < sample.Length; i++) sample[i] = data[(int)((long)i * data.Length / sample.Length)];
            Array.Sort(sample);
            _rows.Add((epoch, parameter.Name, [.. percentiles.Select(share => (double)sample[(int)(share * (sample.Length - 1))])]));
        }
        AtomicFile.WriteText(Path.Combine(_folder, TableFile), Table());
        AtomicFile.WriteText(Path.Combine(_folder, PictureFile), Draw());
    }

    private string Table() => string.Join('\n', _rows
        .Select(row => Text($"{row.Epoch},{row.Layer},") + string.Join(',', row.Values.Select(value => value.ToString("G5", CultureInfo.InvariantCulture))))
        .Prepend("epoch,layer," + string.Join(',', percentiles.Select(share => Text($"p{100 * share:0}"))))) + "\n";

    private string Draw()
    {
        var layers = _rows.GroupBy(row => row.Layer).ToArray();
        int rows = (layers.Length + PerRow - 1) / PerRow, last = _rows.Max(row => row.Epoch);
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {(PerRow * (Panel + Gap)) + Gap} {(rows * (PanelHeight + Gap)) + Gap}\" font-family=\"sans-serif\" font-size=\"11\">\n"));
        svg.Append(Text($"<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"{Gap}\" y=\"18\" font-size=\"13\" fill=\"#222\">Weights over {last} epochs: bands of 98, 80 and 50 % around the median</text>\n"));
        foreach (var (i, layer) in layers.Index()) DrawPanel(svg, Gap + (i % PerRow * (Panel + Gap)), Gap + (i / PerRow * (PanelHeight + Gap)), layer.Key, [.. layer.Select(row => (row.Epoch, row.Values))], last);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawPanel(StringBuilder svg, int left, int top, string layer, (int Epoch, double[] Values)[] epochs, int last)
    {
        double most = epochs.Max(epoch => Math.Max(Math.Abs(epoch.Values[0]), Math.Abs(epoch.Values[^1]))), half = PanelHeight / 2.0;
        svg.Append(Text($"<text x=\"{left}\" y=\"{top - 4}\" fill=\"#444\">{layer} ± {most:G3}</text><rect x=\"{left}\" y=\"{top}\" width=\"{Panel}\" height=\"{PanelHeight}\" fill=\"#f4f5f8\"/>\n"));
        for (int band = 0; band < percentiles.Length / 2; band++)
        {
            var upper = epochs.Select(epoch => Point(epoch.Epoch, epoch.Values[^(band + 1)]));
            var lower = epochs.Reverse().Select(epoch => Point(epoch.Epoch, epoch.Values[band]));
            svg.Append(Text($"<polygon points=\"{string.Join(' ', upper.Concat(lower))}\" fill=\"#1f6feb\" stroke=\"#1f6feb\" stroke-width=\"0.5\" opacity=\"0.3\"/>\n"));
        }
        svg.Append(Text($"<polyline points=\"{string.Join(' ', epochs.Select(epoch => Point(epoch.Epoch, epoch.Values[percentiles.Length / 2])))}\" fill=\"none\" stroke=\"#0b2f66\"/>\n"));

        string Point(int epoch, double value) => Text(
            $"{left + (Panel * (last > 1 ? (epoch - 1.0) / (last - 1) : 0.5)):F1},{top + half - (half * value / Math.Max(most, 1e-12)):F1}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
