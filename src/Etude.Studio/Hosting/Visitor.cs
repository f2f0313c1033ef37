namespace Etude.Studio.Hosting;

/// <summary>Tells visitors apart, so that one cannot fill the queue for all: by a random cookie, else by address.</summary>
internal static class Visitor
{
    private const string Cookie = "etude-visitor";

    /// <summary>Who asks. Browsers are given a cookie with their first request for a page.</summary>
    public static string Of(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: 32 } known ? known : context.Connection.RemoteIpAddress?.ToString() ?? "nobody";

    public static void Greet(HttpContext context)
    {
        if (context.Request.Cookies.ContainsKey(Cookie)) return;
        context.Response.Cookies.Append(Cookie, Identifier.New(), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
        });
    }
}
