using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Etude.Studio.Hosting;

/// <summary>Turns exceptions into problem details: what the caller can mend is said; anything else is logged and kept back.</summary>
internal sealed partial class FaultHandler(IProblemDetailsService problems, ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested) return true;
        ProblemDetails problem = exception switch
        {
            StudioFault fault => new() { Status = fault.Status, Title = fault.Title, Detail = fault.Message },
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new()
            {
                Status = StatusCodes.Status413PayloadTooLarge,
                Title = "The upload is too large",
                Detail = "The file is larger than this studio takes.",
            },
            BadHttpRequestException { InnerException: JsonException json } => new()
            {
                Status = StatusCodes.Status400BadRequest,
                Title = "The request is not valid",
                Detail = $"The body is not the JSON that is expected here{(json.Path is null or "$" ? "" : $", at {json.Path}")}.",
            },
            BadHttpRequestException bad => new() { Status = bad.StatusCode, Title = "The request is not valid", Detail = bad.Message },
            _ => new()
            {
                Status = StatusCodes.Status500InternalServerError,
                Title = "Something went wrong",
                Detail = "The studio met a fault of its own; its log has the particulars.",
            },
        };
        if (problem.Status >= 500 && exception is not StudioFault) LogFault(logger, context.Request.Path, exception);
        context.Response.StatusCode = problem.Status!.Value;
        if (exception is StudioFault { RetryAfterSeconds: { } wait }) context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem, Exception = exception });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request for {Path} failed.")]
    private static partial void LogFault(ILogger logger, string path, Exception fault);
}
