using Etude.Studio.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Primers;

internal static class PrimerEndpoints
{
    public static void MapPrimers(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/primers").WithTags("Primers");
        group.MapPost("/", AddAsync).WithSummary("Brings a MIDI file to continue from").Accepts<byte[]>("audio/midi", "application/octet-stream")
            .WithDescription("The body is the file. It is judged by its content; what is wrong with it is mended and listed.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{id}", Find).WithSummary("A file that was brought").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Created<PrimerView>> AddAsync(HttpRequest request, PrimerFiles primers, string? name, CancellationToken cancellation)
    {
        using MemoryStream bytes = new();
        await request.Body.CopyToAsync(bytes, cancellation);
        PrimerView primer = primers.Add(bytes.ToArray(), name ?? "music");
        return TypedResults.Created($"/api/primers/{primer.Id}", primer);
    }

    private static Ok<PrimerView> Find(string id, PrimerFiles primers) =>
        TypedResults.Ok(primers.Find(id) ?? throw StudioFault.NotFound("There is no such primer; it may have been thrown away."));
}
