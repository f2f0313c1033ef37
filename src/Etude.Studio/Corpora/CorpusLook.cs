using System.ComponentModel;

namespace Etude.Studio.Corpora;

/// <summary>Which music to look at, and for which recipe.</summary>
internal sealed record CorpusLook
{
    [Description("The id of a folder of /api/corpora, or a path on the studio's own computer.")]
    public required string Folder { get; init; }

    [Description("The name of a recipe of /api/recipes: it says what is kept.")]
    public required string Recipe { get; init; }
}
