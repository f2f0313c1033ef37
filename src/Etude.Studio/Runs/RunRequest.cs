using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Etude.Studio.Runs;

/// <summary>What to train.</summary>
internal sealed record RunRequest
{
    [Description("The run's name, which its model is chosen by; letters, digits, spaces, - and _.")]
    [RegularExpression(@"^[\p{L}\p{Nd}][\p{L}\p{Nd} _-]{0,59}$", ErrorMessage = "A name has 1 to 60 letters, digits, spaces, - and _.")]
    public required string Name { get; init; }

    [Description("The name of a recipe of /api/recipes.")]
    public required string Recipe { get; init; }

    [Description("The id of a folder of /api/corpora, or a path on the studio's own computer.")]
    public required string Folder { get; init; }

    [Description("How many passes over the music; absent for the recipe's own.")]
    [Range(1, 1000)]
    public int? Epochs { get; init; }
}
