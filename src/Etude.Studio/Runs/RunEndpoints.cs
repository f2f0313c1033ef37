using System.ComponentModel.DataAnnotations;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Etude.Studio.Hosting;
using Etude.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Runs;

internal static class RunEndpoints
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/recipes", (RecipeShelf recipes) => TypedResults.Ok(recipes.List())).WithTags("Training").WithSummary("The recipes to train by");
        RouteGroupBuilder group = routes.MapGroup("/api/runs").WithTags("Training");
        group.MapGet("/", (TrainingRoom room) => TypedResults.Ok(room.List())).WithSummary("The training runs, the newest first");
        group.MapPost("/", Start).WithSummary("Trains a recipe on a folder of music").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/events", (TrainingRoom room, CancellationToken cancellation) => TypedResults.ServerSentEvents(Follow(room, cancellation)))
            .WithSummary("The runs, and each change of one, as server-sent events").Produces<string>(contentType: "text/event-stream");
        group.MapGet("/{name}", (string name, TrainingRoom room) => TypedResults.Ok(room.Find(name))).WithSummary("A run").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/stop", (string name, TrainingRoom room) => TypedResults.Ok(room.Stop(name))).WithSummary("Stops a run; what it has learned is kept");
        group.MapPost("/{name}/resume", (string name, TrainingRoom room) => TypedResults.Ok(room.Resume(name))).WithSummary("Goes on with a stopped run");
        group.MapDelete("/{name}", (string name, TrainingRoom room) => { room.Delete(name); return TypedResults.NoContent(); }).WithSummary("Deletes a run and its models");
    }

    private static Accepted<RunView> Start(RunRequest request, TrainingRoom room)
    {
        List<ValidationResult> faults = [];
        if (!Validator.TryValidateObject(request, new ValidationContext(request), faults, validateAllProperties: true))
            throw StudioFault.Invalid(string.Join(" ", faults.Select(fault => fault.ErrorMessage)));
        RunView run = room.Start(request);
        return TypedResults.Accepted($"/api/runs/{Uri.EscapeDataString(run.Name)}", run);
    }

    // Everything at first, then the runs that have changed, a few times a second at most.
    private static async IAsyncEnumerable<SseItem<string>> Follow(TrainingRoom room, [EnumeratorCancellation] CancellationToken left)
    {
        Dictionary<string, string> told = [];
        while (true)
        {
            Task changed = room.Changed;
            IReadOnlyList<RunView> runs = room.List();
            foreach (RunView run in runs)
            {
                string text = JsonSerializer.Serialize(run, StudioJson.Options);
                if (told.GetValueOrDefault(run.Name) == text) continue;
                told[run.Name] = text;
                yield return new SseItem<string>(text, "run");
            }
            foreach (string gone in told.Keys.Except(runs.Select(run => run.Name)).ToList())
            {
                told.Remove(gone);
                yield return new SseItem<string>(JsonSerializer.Serialize(gone, StudioJson.Options), "gone");
            }
            await Task.WhenAll(changed, Task.Delay(Pace, left)).WaitAsync(left);
        }
    }
}
