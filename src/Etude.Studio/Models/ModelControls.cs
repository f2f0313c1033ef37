using System.Text.Json;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Recipes;
using Etude.Studio.Compositions;

namespace Etude.Studio.Models;

/// <summary>Which fields of a request a model minds, by its recipe, so that the page hides what would do nothing.</summary>
internal static class ModelControls
{
    private static readonly string[] Every = [nameof(CompositionRequest.Temperature), nameof(CompositionRequest.Guard), nameof(CompositionRequest.QuartersPerMinute), nameof(CompositionRequest.Primer)];

    public static IReadOnlyList<string> Of(Recipe recipe)
    {
        string[] own = recipe.Network switch
        {
            AutoencoderOptions => [nameof(CompositionRequest.Latent)],
            // A step of a roll is tossed for cell by cell, so that no share of them is "the likeliest"; a step of one note is drawn like a token.
            RollNetworkOptions when recipe.Objective.Loss != ObjectiveKind.CrossEntropy => [nameof(CompositionRequest.TopK), nameof(CompositionRequest.MinP)],
            _ => [nameof(CompositionRequest.TopK), nameof(CompositionRequest.TopP), nameof(CompositionRequest.MinP)],
        };
        if (recipe.Representation is SheetOptions) own = [.. own, nameof(CompositionRequest.Steering), nameof(CompositionRequest.Gap), nameof(CompositionRequest.Expression)];
        if (recipe.Network is { Recall: > 0 } || recipe.Representation is SheetOptions) own = [.. own, nameof(CompositionRequest.Repetition)];
        return [.. Every.Concat(own).Select(JsonNamingPolicy.CamelCase.ConvertName)];
    }
}
