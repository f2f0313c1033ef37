using Etude.Studio.Compositions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Originality;

internal static class OriginalityEndpoints
{
    public static void MapOriginality(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/compositions/{id}/originality", CompareAsync).WithTags("Compositions").WithSummary("How much of a piece stands in the music that its model learned from")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Ok<OriginalityView>> CompareAsync(string id, Pieces pieces, OriginalityDesk desk, CancellationToken cancellation) =>
        TypedResults.Ok(await desk.CompareAsync(pieces.Find(id), cancellation));
}
