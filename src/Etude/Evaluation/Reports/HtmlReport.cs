using System.Globalization;
using System.Net;
using System.Text;
using Etude.Evaluation.Sets;

namespace Etude.Evaluation.Reports;

/// <summary>
/// A <see cref="SetReport"/> as one HTML page that needs nothing else: no script, no fonts, no network; charts are SVG in
/// the page, light or dark as the reader's system is.
/// </summary>
public sealed class HtmlReport
{
    private readonly SetReport _report;
    private readonly StringBuilder _html = new();

    private HtmlReport(SetReport report) => _report = report;

    /// <summary>The page.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="title">Its heading.</param>
    public static string Of(SetReport report, string title = "Evaluation")
    {
        ArgumentNullException.ThrowIfNull(report);
        return new HtmlReport(report).Page(title);
    }

    /// <summary>Writes the page to a file, which appears only when it is whole.</summary>
    public static void Write(SetReport report, string path, string title = "Evaluation")
    {
        File.WriteAllText(path + ".tmp", Of(report, title));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    internal static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString(
        Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : Math.Abs(value) >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);

    /// <summary>The colour class of a set: controls are grey, candidates take the palette in their order.</summary>
    internal static string ColourClass(SetReport report, SetSummary set) => set.Role switch
    {
        SetRole.Reference => "reference",
        SetRole.Floor => "floor",
        SetRole.Ceiling => "ceiling",
        _ => $"c{report.Sets.Where(other => other.Role == SetRole.Candidate).ToList().IndexOf(set) % 6}",
    };

    private string Page(string title)
    {
        Add($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Escape(title)}</title>
            <style>
            {Style}
            </style></head><body><main>
            <h1>{Escape(title)}</h1>
            <p class="lead">Compared with <b>{Escape(_report.Reference)}</b>, {_report.Sets[0].Pieces} pieces. The first
            {(_report.Options.Bars is { } bars ? $"{bars} bars" : $"{_report.Options.Notes} notes")} of each piece count, on a grid of {_report.Options.StepsPerQuarter} steps a quarter note.
            Brackets hold 95 of 100 repetitions (seed {_report.Options.Seed}).</p>
            """);
        Distances();
        Likelihoods();
        Originality();
        Metrics();
        Features();
        Add("</main></body></html>");
        return _html.ToString();
    }

    private void Distances()
    {
        Add($"""
            <section><h2>Distance to the reference</h2>
            <p>The mean over {_report.Sets[0].Metrics.Length} metrics of the earth mover's distance between the values of the pieces,
            in standard deviations of the reference; {_report.SampleSize} pieces a set in each of {_report.Options.Draws} draws.
            The reference's own other half is the floor, its notes shuffled the ceiling.</p>
            """);
        Add(Charts.Ranges([.. _report.Sets.Where(set => set.Role != SetRole.Reference)
            .Select(set => (set.Name, ColourClass(_report, set), set.Distance))]));
        Add("</section>");
    }

    private void Likelihoods()
    {
        if (_report.Likelihoods.IsEmpty) return;
        Add("<section><h2>Held-out music foreseen</h2><table><thead><tr><th>model<th>bits a note<th>bits a second<th>pieces<th>notes</thead><tbody>");
        foreach (Likelihood likelihood in _report.Likelihoods)
        {
            Add($"<tr><th>{Escape(likelihood.Model)}<td>{Range(likelihood.BitsPerNote)}<td>{Range(likelihood.BitsPerSecond)}<td>{likelihood.Pieces}<td>{likelihood.Notes}");
        }
        Add("</tbody></table></section>");
    }

    private void Originality()
    {
        if (_report.Originality.IsEmpty) return;
        Add("""
            <section><h2>Originality</h2><p>The share of runs of so many notes, in any key, that stand in the training corpus.
            A set copies no more than people do where its curve is not above that of human music held out.</p>
            """);
        Add(Charts.Curves([.. _report.Originality.Select(set => (set.Name, ColourOf(set.Name), set.RunShares))]));
        Add("<table><thead><tr><th>set<th>pieces<th>copies<th>longest run: median<th>nine in ten<th>most<th class=\"text\">nearest passage</thead><tbody>");
        foreach (SetOriginality set in _report.Originality)
        {
            string nearest = set.Nearest.IsEmpty ? "–" :
                $"piece {set.Nearest[0].Piece + 1}, bars {set.Nearest[0].Passage.FirstBar} to {set.Nearest[0].Passage.LastBar}: {set.Nearest[0].Passage.SharedNotes} of {set.Nearest[0].Passage.Notes} notes as in {Escape(set.Nearest[0].Passage.Source)}, bar {set.Nearest[0].Passage.SourceFirstBar}";
            Add($"<tr><th>{Escape(set.Name)}<td>{set.Pieces}<td>{set.Copies}<td>{set.MedianRun}<td>{set.NineInTenRun}<td>{set.LongestRun}<td class=\"text\">{nearest}");
        }
        Add("</tbody></table></section>");
    }

    private void Metrics()
    {
        SetSummary[] shown = [.. _report.Sets.Where(set => set.Role != SetRole.Floor)];
        Add("<section><h2>Metrics</h2><p>How the pieces' values are spread; the reference is filled.</p>");
        Legend(shown);
        Add("<div class=\"grid\">");
        for (int metric = 0; metric < _report.Sets[0].Metrics.Length; metric++)
        {
            int at = metric;
            Add($"<figure><figcaption>{Escape(_report.Sets[0].Metrics[at].Metric)}</figcaption>");
            Add(Charts.Densities([.. shown.Select(set => (ColourClass(_report, set), set.Role == SetRole.Ceiling, set.Metrics[at].Values))]));
            Add("</figure>");
        }
        Add("</div><div class=\"scroll\"><table><thead><tr><th>mean, interval · distance in reference deviations");
        foreach (SetSummary set in shown) Add($"<th>{Escape(set.Name)}");
        Add("</thead><tbody>");
        for (int metric = 0; metric < _report.Sets[0].Metrics.Length; metric++)
        {
            Add($"<tr><th>{Escape(_report.Sets[0].Metrics[metric].Metric)}");
            foreach (SetSummary set in shown)
            {
                MetricSummary value = set.Metrics[metric];
                string distance = double.IsNaN(value.Distance.Estimate) ? "" : $" · {Number(value.Distance.Estimate)}";
                Add($"<td>{Number(value.Mean.Estimate)}<small>[{Number(value.Mean.Low)}, {Number(value.Mean.High)}]{distance}</small>");
            }
        }
        Add("</tbody></table></div></section>");
    }

    private void Features()
    {
        SetSummary[] shown = [.. _report.Sets.Where(set => set.Role != SetRole.Reference)];
        Add("""
            <section><h2>Features of sets</h2><p>Yang and Lerch 2018: distances between pieces within the reference against those from
            a set's pieces to the reference's. Overlapping area (1 is alike) and KL divergence in nats (0 is alike), both on one grid.</p>
            <div class="scroll"><table><thead><tr><th>feature
            """);
        foreach (SetSummary set in shown) Add($"<th>{Escape(set.Name)}");
        Add("</thead><tbody>");
        for (int feature = 0; feature < shown[0].Features.Length; feature++)
        {
            Add($"<tr><th>{Escape(shown[0].Features[feature].Feature)}");
            foreach (SetSummary set in shown)
            {
                Add($"<td>{Number(set.Features[feature].OverlappingArea)}<small>KL {Number(set.Features[feature].KullbackLeibler)}</small>");
            }
        }
        Add("<tr class=\"sum\"><th>mean");
        foreach (SetSummary set in shown) Add($"<td>{Number(set.OverlappingArea)}");
        Add("</tbody></table></div></section>");
    }

    private void Legend(IEnumerable<SetSummary> sets)
    {
        Add("<p class=\"legend\">");
        foreach (SetSummary set in sets) Add($"<span class=\"{ColourClass(_report, set)}\"><i></i>{Escape(set.Name)}</span> ");
        Add("</p>");
    }

    private string ColourOf(string name) =>
        _report.Sets.FirstOrDefault(set => set.Name == name) is { } set ? ColourClass(_report, set) : "reference";

    private static string Range(Interval interval) =>
        $"{Number(interval.Estimate)} <span class=\"range\">[{Number(interval.Low)}, {Number(interval.High)}]</span>";

    private void Add(string html) => _html.AppendLine(html);

    // Colours are told apart by the colour-blind; each has a light and a dark shade.
    private const string Style = """
        :root { color-scheme: light dark; --page: #fbfbfa; --card: #fff; --ink: #1d2126; --soft: #5d6570; --line: #e3e5e8; --grey: #9aa1aa;
          --c0: #2468b2; --c1: #c8571b; --c2: #18805b; --c3: #8a4fb5; --c4: #a3790a; --c5: #b33c62; }
        @media (prefers-color-scheme: dark) { :root { --page: #14171b; --card: #1b1f24; --ink: #e6e8eb; --soft: #9ba4af; --line: #2d333b;
          --grey: #7b848f; --c0: #6aa9ec; --c1: #f0894f; --c2: #4cc495; --c3: #c08fe6; --c4: #d9ae43; --c5: #ec7f9f; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 80px; }
        h1 { font-size: 28px; margin: 0 0 4px; letter-spacing: -0.01em; }
        h2 { font-size: 18px; margin: 0 0 4px; }
        p { margin: 0 0 14px; color: var(--soft); max-width: 75ch; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 22px; margin-top: 18px; }
        table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
        th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
        th:first-child, .text { text-align: left; } .text { overflow-wrap: anywhere; } th { font-weight: 500; } thead th { color: var(--soft); }
        tr.sum th, tr.sum td { font-weight: 600; border-bottom: 0; }
        small { display: block; color: var(--soft); white-space: nowrap; } .range { color: var(--soft); white-space: nowrap; }
        .scroll { overflow-x: auto; }
        .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 14px 22px; margin-bottom: 18px; }
        figure { margin: 0; } figcaption { font-size: 13px; font-weight: 500; }
        svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg text { fill: var(--soft); font-size: 11px; } svg .name { fill: var(--ink); font-size: 13px; }
        svg .axis { stroke: var(--line); stroke-width: 1; }
        .legend span { white-space: nowrap; margin-right: 16px; font-size: 13px; color: var(--ink); }
        .legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; background: var(--s); }
        .reference, .floor, .ceiling { --s: var(--grey); }
        .c0 { --s: var(--c0); } .c1 { --s: var(--c1); } .c2 { --s: var(--c2); } .c3 { --s: var(--c3); } .c4 { --s: var(--c4); } .c5 { --s: var(--c5); }
        .legend .ceiling i { background: none; border: 1.5px dashed var(--s); }
        svg .dot { fill: var(--s); } svg .bar { stroke: var(--s); stroke-width: 3; stroke-linecap: round; opacity: .45; }
        svg .curve { fill: none; stroke: var(--s); stroke-width: 1.8; } svg .ceiling .curve, svg .ceiling.curve { stroke-dasharray: 2 3; }
        svg .area { fill: var(--s); opacity: .28; }
        """;
}
