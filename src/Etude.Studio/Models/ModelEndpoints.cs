namespace Etude.Studio.Models;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/models", (IModelShelf models) => TypedResults.Ok(models.List())).WithTags("Models").WithSummary("The models that can compose, the usual one first");
}
