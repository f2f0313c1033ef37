using System.Globalization;
using System.Text.RegularExpressions;

namespace Etude.Corpora.Fetching;

/// <summary>What a site's robots.txt lets a robot named <c>etude</c> do (RFC 9309, and the customary Crawl-delay).</summary>
internal sealed class RobotsRules
{
    public const string Robot = "etude";

    private readonly List<(Regex Pattern, int Length, bool Allows)> rules = [];

    private RobotsRules()
    {
    }

    public static RobotsRules AllowAll { get; } = new();

    public static RobotsRules DenyAll { get; } = Parse("User-agent: *\nDisallow: /");

    /// <summary>The least time between two requests; zero where none is asked for.</summary>
    public TimeSpan Delay { get; private set; }

    public static RobotsRules Parse(string text)
    {
        // Groups for this robot by name hold; where there are none, those for all.
        var named = new RobotsRules();
        var general = new RobotsRules();
        bool anyNamed = false, inNamed = false, inGeneral = false, inAgents = false;
        foreach (string line in text.Split('\n'))
        {
            string[] parts = line.Split('#')[0].Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2) continue;
            (string key, string value) = (parts[0].ToLowerInvariant(), parts[1]);
            if (key == "user-agent")
            {
                if (!inAgents) inNamed = inGeneral = false;
                inAgents = true;
                inNamed |= value.Equals(Robot, StringComparison.OrdinalIgnoreCase);
                inGeneral |= value == "*";
                anyNamed |= inNamed;
                continue;
            }
            inAgents = false;
            if (inNamed) named.Add(key, value);
            if (inGeneral) general.Add(key, value);
        }
        return anyNamed ? named : general;
    }

    /// <summary>Whether a path (with its query) may be asked for: the longest rule that matches decides, and of equals the one that allows.</summary>
    public bool Allows(string pathAndQuery) =>
        pathAndQuery == "/robots.txt"
        || rules.Where(rule => rule.Pattern.IsMatch(pathAndQuery)).OrderByDescending(rule => rule.Length).ThenByDescending(rule => rule.Allows)
            .Select(rule => rule.Allows).FirstOrDefault(true);

    private void Add(string key, string value)
    {
        if (key is "allow" or "disallow" && value.Length > 0)
        {
            string pattern = Regex.Escape(value.TrimEnd('$')).Replace("\\*", ".*", StringComparison.Ordinal);
            string end = value.EndsWith('$') ? "$" : "";
            rules.Add((new Regex($"^{pattern}{end}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), value.Length, key == "allow"));
        }
        else if (key == "crawl-delay" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds > 0)
        {
            Delay = TimeSpan.FromSeconds(Math.Min(seconds, 60));
        }
    }
}
