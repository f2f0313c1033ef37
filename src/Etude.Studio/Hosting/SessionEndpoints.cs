using System.Reflection;
using Etude.Studio.Sound;
using Etude.Studio.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Etude.Studio.Hosting;

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/studio", About).WithTags("Studio").WithSummary("This studio: its version, limits and piano");
        routes.MapPost("/api/session", Enter).WithTags("Studio").WithSummary("Trades the access token for a cookie").ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static Ok<StudioView> About(StudioOptions options, IPieceStore store, SoundRoom sound) => TypedResults.Ok(new StudioView(
        typeof(SessionEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        options.Token is not null, store.Description, sound.Description,
        new StudioLimits(options.UploadBytes, options.Notes, options.Bars, options.PiecesPerVisitor)));

    private static NoContent Enter(SessionRequest session, StudioOptions options, HttpResponse response, HttpRequest request)
    {
        if (!Gate.IsToken(options, session.Token)) throw new StudioFault(StatusCodes.Status401Unauthorized, "Not the token", "That is not this studio's access token.");
        response.Cookies.Append(Gate.TokenCookie, session.Token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = request.IsHttps,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
        });
        return TypedResults.NoContent();
    }

    internal sealed record SessionRequest(string Token);

    internal sealed record StudioLimits(long UploadBytes, int Notes, int Bars, int PiecesPerVisitor);

    internal sealed record StudioView(string Version, bool NeedsToken, string Storage, string SoundFont, StudioLimits Limits);
}
