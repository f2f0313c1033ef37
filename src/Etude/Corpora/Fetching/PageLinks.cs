using System.Net;
using System.Text.RegularExpressions;

namespace Etude.Corpora.Fetching;

/// <summary>Finds the addresses that an HTML page names in its tags, such as broken old pages have them too.</summary>
internal static partial class PageLinks
{
    private static readonly HashSet<string> Addresses = new(StringComparer.OrdinalIgnoreCase) { "href", "src", "data" };

    /// <summary>Every address in an href, src or data attribute, made absolute, without fragments, each once and in order.</summary>
    public static IReadOnlyList<Uri> Find(string html, Uri page)
    {
        Uri origin = page;
        var links = new List<Uri>();
        foreach (Match tag in Tag().Matches(Hidden().Replace(html, " ")))
        {
            foreach (Match attribute in Attribute().Matches(tag.Groups["rest"].Value))
            {
                if (!Addresses.Contains(attribute.Groups["name"].Value)) continue;
                string value = WebUtility.HtmlDecode(attribute.Groups["value"].Value).Trim();
                if (value.Length == 0 || !Uri.TryCreate(origin, value, out Uri? link)) continue;
                if (tag.Groups["name"].Value.Equals("base", StringComparison.OrdinalIgnoreCase)) origin = link;
                else if (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps) links.Add(new Uri(link.GetLeftPart(UriPartial.Query)));
            }
        }
        return [.. links.Distinct()];
    }

    // Comments, and what scripts and styles hold, are no tags.
    [GeneratedRegex(@"<!--.*?(-->|$)|<(script|style)\b.*?(</\2\s*>|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex("""<(?<name>[a-z][a-z0-9-]*)(?<rest>(\s+|/|[^\s"'>=/]+|=\s*("[^"]*"|'[^']*'|[^\s"'>]+))*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s"'>=/]+)\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex Attribute();
}
