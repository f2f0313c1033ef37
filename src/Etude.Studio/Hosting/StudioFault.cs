namespace Etude.Studio.Hosting;

/// <summary>A request that cannot be met: becomes a problem (RFC 9457) with this status and this one sentence.</summary>
internal sealed class StudioFault(int status, string title, string detail) : Exception(detail)
{
    public int Status => status;

    public string Title => title;

    /// <summary>When to try again, in seconds, where that may help.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static StudioFault Invalid(string detail) => new(StatusCodes.Status400BadRequest, "The request is not valid", detail);

    public static StudioFault NotFound(string detail) => new(StatusCodes.Status404NotFound, "Not found", detail);

    public static StudioFault Unreadable(string detail) => new(StatusCodes.Status422UnprocessableEntity, "The file cannot be read", detail);
}
