using Etude.Studio.Hosting;
using Etude.Studio.Runs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Corpora;

internal static class CorpusEndpoints
{
    public static void MapCorpora(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/corpora").WithTags("Training");
        group.MapGet("/", (CorpusFolders folders) => TypedResults.Ok(folders.List())).WithSummary("The folders of music to learn from");
        group.MapPost("/", UnpackAsync).WithSummary("Brings music to learn from, as a zip file").Accepts<byte[]>("application/zip")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/look", LookAsync).WithSummary("What a recipe would keep of a folder, why it leaves out the rest, and how long a pass takes");
    }

    private static async Task<Created<CorpusFolder>> UnpackAsync(HttpContext context, CorpusFolders folders, StudioOptions options, string? name, CancellationToken cancellation)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.ZipBytes;
        // Unpacking needs to seek; what is brought goes by way of a file that is gone when it is closed.
        await using FileStream zip = new(Path.Combine(options.Data, $".{Identifier.New()}.zip"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        await context.Request.Body.CopyToAsync(zip, cancellation);
        zip.Position = 0;
        CorpusFolder folder = await Task.Run(() => folders.Unpack(zip, name ?? "music"), cancellation);
        return TypedResults.Created($"/api/corpora/{folder.Id}", folder);
    }

    private static async Task<Ok<CorpusView>> LookAsync(CorpusLook look, TrainingRoom room, CancellationToken cancellation) =>
        TypedResults.Ok(await room.LookAsync(look.Folder, look.Recipe, cancellation));
}
