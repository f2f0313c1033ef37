using Etude.Studio.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Listening;

internal static class ListeningEndpoints
{
    public static void MapListening(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/listening").WithTags("Listening");
        group.MapGet("/", (ListeningRoom room, HttpContext context) => TypedResults.Ok(room.State(Visitor.Of(context)))).WithSummary("Whether one can listen blind, and the latest test");
        group.MapPost("/", Begin).WithSummary("Draws a new blind test from the library").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id}/questions/{number:int}/first", (string id, int number, ListeningRoom room) => TypedResults.Ok(room.Passage(id, number, isSecond: false))).WithSummary("The first, or only, passage of a question");
        group.MapGet("/{id}/questions/{number:int}/second", (string id, int number, ListeningRoom room) => TypedResults.Ok(room.Passage(id, number, isSecond: true))).WithSummary("The second passage of a question");
        group.MapPost("/{id}/answers", (string id, ListeningAnswerRequest answer, ListeningRoom room, TimeProvider clock, HttpContext context) =>
            TypedResults.Ok(room.Answer(id, Visitor.Of(context), answer, clock.GetUtcNow()))).WithSummary("Answers a question, and tells the next");
        group.MapGet("/{id}/results", (string id, ListeningRoom room) => TypedResults.Ok(room.Results(id))).WithSummary("What all listeners said, with intervals of 95 %");
    }

    private static Created<ListeningTestView> Begin(ListeningRoom room, HttpContext context)
    {
        ListeningTestView test = room.Begin(Visitor.Of(context));
        return TypedResults.Created($"/api/listening/{test.Id}/results", test);
    }
}
