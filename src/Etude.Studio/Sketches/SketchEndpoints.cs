using Etude.Studio.Compositions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Sketches;

internal static class SketchEndpoints
{
    public static void MapSketches(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/sketches", DecodeAsync).WithTags("Sketches").WithSummary("Decodes a latent at once, without making a piece")
            .WithDescription("For models with sliders. A composition with the same request is the same music.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<WireScore>> DecodeAsync(CompositionRequest request, SketchDesk desk, CancellationToken cancellation) =>
        TypedResults.Ok(WireScore.From(await desk.DecodeAsync(request, cancellation)));
}
