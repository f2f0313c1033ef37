using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Etude.Studio.Hosting;
using Etude.Studio.Models;
using Etude.Studio.Sound;
using Etude.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Compositions;

internal static class CompositionEndpoints
{
    public static void MapCompositions(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/compositions").WithTags("Compositions");
        group.MapPost("/", Begin).WithSummary("Composes a new piece")
            .WithDescription("Answers at once with the piece and its id; follow its events, or ask again until its state is \"done\".")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/{id}", (string id, Pieces pieces) => TypedResults.Ok(pieces.Find(id))).WithSummary("A piece: how it stands and how it was made").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/events", Follow).WithSummary("What happens to a piece, as server-sent events")
            .WithDescription("\"piece\" events tell the piece whenever it changes, \"notes\" events its notes as they are composed; the stream ends when the piece is finished. Last-Event-ID goes on where a stream broke.")
            .Produces<string>(contentType: "text/event-stream");
        group.MapGet("/{id}/score", (string id, Pieces pieces) => TypedResults.Ok(pieces.Score(id))).WithSummary("The notes, pedals and tempos of a finished piece, in ticks");
        group.MapGet("/{id}.mid", (string id, Pieces pieces) => TypedResults.PhysicalFile(pieces.FileOf(id), "audio/midi", pieces.NameOf(id) + ".mid"))
            .WithSummary("The piece as a MIDI file").Produces<byte[]>(contentType: "audio/midi");
        group.MapGet("/{id}.musicxml", (string id, Pieces pieces) => TypedResults.File(Encoding.UTF8.GetBytes(pieces.SheetOf(id)), "application/vnd.recordare.musicxml+xml", pieces.NameOf(id) + ".musicxml"))
            .WithSummary("The piece as sheet music (MusicXML)").Produces<byte[]>(contentType: "application/vnd.recordare.musicxml+xml");
        group.MapGet("/{id}.wav", RenderAsync).WithSummary("The piece as sound, rendered by the studio").Produces<byte[]>(contentType: "audio/wav");
        group.MapPatch("/{id}", (string id, PieceChange change, Pieces pieces) => TypedResults.Ok(pieces.Change(id, change))).WithSummary("Keeps, rates or renames a piece");
        group.MapDelete("/{id}", (string id, Pieces pieces) => { pieces.Delete(id); return TypedResults.NoContent(); }).WithSummary("Deletes a piece and its file, or stops one under way");
    }

    private static Accepted<Piece> Begin(CompositionRequest request, CompositionQueue queue, IModelShelf models, Briefs briefs, TimeProvider clock, HttpContext context)
    {
        briefs.Check(request);
        string model = request.Model ?? (models.List() is [ModelSummary usual, ..] ? usual.Name
            : throw new StudioFault(StatusCodes.Status503ServiceUnavailable, "No model", "There is no model to compose with yet."));
        if (!models.Has(model)) throw StudioFault.Invalid($"There is no model named {model}.");
        Piece piece = new()
        {
            Id = Identifier.New(),
            Created = clock.GetUtcNow(),
            Title = "A new piece",
            Model = model,
            // Seeds are short so that they can be read out; any can be asked for.
            Request = request with { Seed = request.Seed ?? (ulong)RandomNumberGenerator.GetInt32(1, 1_000_000) },
        };
        LiveComposition composition = queue.Add(piece, Visitor.Of(context));
        return TypedResults.Accepted($"/api/compositions/{piece.Id}", composition.Piece);
    }

    private static ServerSentEventsResult<string> Follow(string id, Pieces pieces, CompositionQueue queue, HttpRequest request)
    {
        int from = int.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out int sent) ? sent : 0;
        return queue.TryFind(id, out LiveComposition? composition)
            ? TypedResults.ServerSentEvents(composition.Follow(from, request.HttpContext.RequestAborted))
            : TypedResults.ServerSentEvents(Once(pieces.Find(id)));
    }

    private static async IAsyncEnumerable<System.Net.ServerSentEvents.SseItem<string>> Once(Piece piece)
    {
        await Task.CompletedTask;
        yield return LiveComposition.Event("piece", piece);
    }

    private static async Task<PhysicalFileHttpResult> RenderAsync(string id, Pieces pieces, SoundRoom sound, CancellationToken cancellation) =>
        TypedResults.PhysicalFile(await sound.RenderAsync(pieces.FileOf(id), cancellation), "audio/wav", pieces.NameOf(id) + ".wav", enableRangeProcessing: true);
}
