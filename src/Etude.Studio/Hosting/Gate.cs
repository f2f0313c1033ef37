using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Etude.Studio.Hosting;

/// <summary>
/// What every request passes: headers that keep the page to itself, refusal of what another web site sends
/// (cross-site requests, DNS rebinding), and the access token where one is asked for.
/// </summary>
internal sealed class Gate(RequestDelegate next, StudioOptions options)
{
    public const string TokenCookie = "etude-token";

    private const string ContentPolicy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; media-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        HttpRequest request = context.Request;
        if (IsLocal && !IsLocalName(request.Host.Host))
            throw new StudioFault(StatusCodes.Status421MisdirectedRequest, "Not this studio", "This studio answers to localhost only.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && IsFromAnotherSite(request))
            throw new StudioFault(StatusCodes.Status403Forbidden, "Another site asked", "Requests that change something must come from the studio's own page.");
        bool isGuarded = request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/openapi");
        if (isGuarded && !request.Path.StartsWithSegments("/api/session") && !HoldsToken(request))
            throw new StudioFault(StatusCodes.Status401Unauthorized, "An access token is needed", "This studio asks for its access token.");
        return next(context);
    }

    /// <summary>Whether a text is the access token; takes the same time whatever the text.</summary>
    public static bool IsToken(StudioOptions options, string? text) =>
        options.Token is null || text is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(Encoding.UTF8.GetBytes(options.Token)));

    private bool IsLocal => IsLocalName(options.Host);

    /// <summary>Whether a host name or address means this computer only.</summary>
    public static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address);

    // Browsers say where a request comes from; programs do not, and hold no cookie that could be abused.
    private static bool IsFromAnotherSite(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not null) return site is not ("same-origin" or "none");
        string? origin = request.Headers.Origin;
        return origin is not null && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private bool HoldsToken(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        string? bearer = header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? header[7..] : null;
        return IsToken(options, bearer ?? request.Cookies[TokenCookie]);
    }
}
