using Etude.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Library;

internal static class LibraryEndpoints
{
    public static void MapLibrary(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/library", List).WithTags("Library").WithSummary("Kept pieces, newest first")
            .WithDescription("Narrowed by words in the title, by model, and by the fewest stars; at most 200 at a time.");

    private static Ok<PiecePage> List(IPieceStore store, string? search = null, string? model = null, int rating = 0, int skip = 0, int take = 50) =>
        TypedResults.Ok(store.Search(new PieceQuery(
            string.IsNullOrWhiteSpace(search) ? null : search.Trim(), string.IsNullOrEmpty(model) ? null : model, Math.Clamp(rating, 0, 5), Math.Max(0, skip), Math.Clamp(take, 1, 200))));
}
