using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Etude.Evaluation.Reports;

/// <summary>The charts of <see cref="HtmlReport"/>, as SVG whose colours come from the page's style sheet.</summary>
internal static class Charts
{
    /// <summary>One row a set: a dot at the value and a bar over its interval, from 0.</summary>
    public static string Ranges(ImmutableArray<(string Name, string Colour, Interval Value)> rows)
    {
        const double Left = 270, Right = 940, Row = 34;
        double most = rows.Select(row => row.Value.High).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        double scale = (Right - Left) / (most * 1.05), height = rows.Length * Row + 24;
        var svg = Begin(1000, height, "Distance of each set to the reference");
        foreach (double tick in Ticks(0, most))
        {
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left + tick * scale:0.#}\" x2=\"{Left + tick * scale:0.#}\" y1=\"0\" y2=\"{rows.Length * Row:0.#}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left + tick * scale:0.#}\" y=\"{height - 6:0.#}\" text-anchor=\"middle\">{tick:0.##}</text>"));
        }
        for (int i = 0; i < rows.Length; i++)
        {
            (string name, string colour, Interval value) = rows[i];
            double y = (i + 0.5) * Row;
            svg.Append(Invariant($"<g class=\"{colour}\"><title>{HtmlReport.Escape(name)}: {value}</title>"));
            svg.Append(Invariant($"<text class=\"name\" x=\"{Left - 16:0.#}\" y=\"{y + 4.5:0.#}\" text-anchor=\"end\">{HtmlReport.Escape(Shortened(name, 38))}</text>"));
            if (double.IsFinite(value.Estimate))
            {
                svg.Append(Invariant($"<line class=\"bar\" x1=\"{Left + value.Low * scale:0.#}\" x2=\"{Left + value.High * scale:0.#}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
                svg.Append(Invariant($"<circle class=\"dot\" cx=\"{Left + value.Estimate * scale:0.#}\" cy=\"{y:0.#}\" r=\"5.5\"/>"));
                svg.Append(Invariant($"<text x=\"{Left + value.High * scale + 10:0.#}\" y=\"{y + 4:0.#}\">{HtmlReport.Number(value.Estimate)}</text>"));
            }
            svg.Append("</g>");
        }
        return End(svg);
    }

    /// <summary>The spread of each set's values as a curve; the first, the reference, is filled. A control may be cut at the top.</summary>
    public static string Densities(ImmutableArray<(string Colour, bool IsControl, ImmutableArray<double> Values)> sets)
    {
        const double Width = 260, Base = 78, Top = 6;
        const int Points = 160;
        double[] all = [.. sets.SelectMany(set => set.Values).Order()];
        var svg = Begin(Width, 98, "Spread of the values");
        if (all.Length == 0) return End(svg);
        // The outermost hundredth would squeeze all others.
        double low = all[all.Length / 100], high = all[^(1 + all.Length / 100)];
        if (high <= low) (low, high) = (low - 0.5, low + 0.5);
        (low, high) = (low - (high - low) * 0.05, high + (high - low) * 0.05);
        double[]?[] curves = [.. sets.Select(set => set.Values.Length < 2 ? null : Mass(set.Values, low, high))];
        double most = curves.Where((_, i) => !sets[i].IsControl).Max(curve => curve?.Max() ?? 0);
        if (most == 0) most = curves.Max(curve => curve?.Max() ?? 1);
        double X(int point) => point * Width / (Points - 1);
        svg.Append(Invariant($"<line class=\"axis\" x1=\"0\" x2=\"{Width}\" y1=\"{Base}\" y2=\"{Base}\"/>"));
        for (int i = 0; i < curves.Length; i++)
        {
            if (curves[i] is not { } curve) continue;
            string line = string.Join(' ', curve.Select((mass, point) => Invariant($"{X(point):0.#},{Base - Math.Min(1.06, mass / most) * (Base - Top):0.#}")));
            if (i == 0) svg.Append(Invariant($"<polygon class=\"area {sets[i].Colour}\" points=\"0,{Base} {line} {Width},{Base}\"/>"));
            else svg.Append(Invariant($"<polyline class=\"curve {sets[i].Colour}\" points=\"{line}\"/>"));
        }
        foreach (double tick in Ticks(low, high, 3))
        {
            svg.Append(Invariant($"<text x=\"{(tick - low) / (high - low) * Width:0.#}\" y=\"{Base + 15}\" text-anchor=\"middle\">{tick:0.###}</text>"));
        }
        return End(svg);

        static double[] Mass(ImmutableArray<double> values, double low, double high)
        {
            double width = Math.Max(Sets.Distances.ScottWidth(values), (high - low) / 200);
            return Sets.Distances.Mass([.. values.Where(value => value >= low && value <= high).DefaultIfEmpty(low)], width, low, high, Points);
        }
    }

    /// <summary>Shares by length, one curve a set, on a logarithmic scale down to one in ten thousand.</summary>
    public static string Curves(ImmutableArray<(string Name, string Colour, ImmutableSortedDictionary<int, Interval> Shares)> sets)
    {
        const double Left = 60, Right = 760, Top = 12, Base = 240, Least = 1e-4;
        int[] lengths = [.. sets.SelectMany(set => set.Shares.Keys).Distinct().Order()];
        var svg = Begin(1000, 290, "Share of runs found in the corpus, by their length in notes");
        double X(int length) => Left + (Right - Left) * Math.Log((double)length / lengths[0]) / Math.Max(1e-9, Math.Log((double)lengths[^1] / lengths[0]));
        double Y(double share) => Top + (Base - Top) * Math.Log(Math.Max(Least, share)) / Math.Log(Least);
        foreach (double share in new[] { 1, 0.1, 0.01, 0.001, Least })
        {
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(share):0.#}\" y2=\"{Y(share):0.#}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 8}\" y=\"{Y(share) + 4:0.#}\" text-anchor=\"end\">{share:0.####}</text>"));
        }
        foreach (int length in lengths) svg.Append(Invariant($"<text x=\"{X(length):0.#}\" y=\"{Base + 18}\" text-anchor=\"middle\">{length}</text>"));
        svg.Append(Invariant($"<text x=\"{(Left + Right) / 2}\" y=\"{Base + 38}\" text-anchor=\"middle\">notes in a row</text>"));
        for (int i = 0; i < sets.Length; i++)
        {
            (string name, string colour, var shares) = sets[i];
            string line = string.Join(' ', shares.Select(pair => Invariant($"{X(pair.Key):0.#},{Y(pair.Value.Estimate):0.#}")));
            svg.Append(Invariant($"<g class=\"{colour}\"><title>{HtmlReport.Escape(name)}</title><polyline class=\"curve\" points=\"{line}\"/>"));
            foreach ((int length, Interval share) in shares) svg.Append(Invariant($"<circle class=\"dot\" cx=\"{X(length):0.#}\" cy=\"{Y(share.Estimate):0.#}\" r=\"3\"/>"));
            svg.Append(Invariant($"<circle class=\"dot\" cx=\"{Right + 30}\" cy=\"{Top + 8 + 22 * i}\" r=\"5\"/><text class=\"name\" x=\"{Right + 42}\" y=\"{Top + 12.5 + 22 * i}\">{HtmlReport.Escape(Shortened(name, 30))}</text></g>"));
        }
        return End(svg);
    }

    // Round numbers, about as many as asked for.
    private static IEnumerable<double> Ticks(double low, double high, int about = 6)
    {
        double rough = (high - low) / about, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
        for (double tick = Math.Ceiling(low / step) * step; tick <= high + 1e-12; tick += step) yield return Math.Abs(tick) < step / 1e6 ? 0 : tick;
    }

    private static string Shortened(string name, int letters) => name.Length <= letters ? name : name[..(letters - 1)] + "…";

    private static StringBuilder Begin(double width, double height, string label) =>
        new(Invariant($"<svg viewBox=\"0 0 {width:0.#} {height:0.#}\" role=\"img\" aria-label=\"{HtmlReport.Escape(label)}\">"));

    private static string End(StringBuilder svg) => svg.Append("</svg>").ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
