using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Etude.Studio.Hosting;

/// <summary>
/// Serves the built page from the wwwroot folder beside the studio: the compressed twin of a file (.br) where the
/// browser takes it, names with a hash for ever, and index.html for every address that is a view of the page.
/// </summary>
internal static class ClientFiles
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json",
        [".txt"] = "text/plain; charset=utf-8",
    };

    public static void MapClientFiles(this WebApplication app)
    {
        string root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!File.Exists(Path.Combine(root, "index.html")))
        {
            app.MapGet("/", () => TypedResults.Text("This studio was built without its page (SkipClient); only the API is here.")).ExcludeFromDescription();
            return;
        }
        PhysicalFileProvider files = new(root);
        app.MapGet("/{**path}", (HttpContext context, string? path) => SendAsync(context, files, path ?? "")).ExcludeFromDescription();
    }

    private static async Task SendAsync(HttpContext context, PhysicalFileProvider files, string path)
    {
        if (path.StartsWith("api/", StringComparison.Ordinal)) throw StudioFault.NotFound("There is nothing at this address of the API.");
        IFileInfo file = files.GetFileInfo(path);
        if (!file.Exists)
        {
            if (Path.HasExtension(path)) throw StudioFault.NotFound("There is no such file.");
            path = "index.html";
            file = files.GetFileInfo(path);
        }
        HttpResponse response = context.Response;
        response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        bool isPage = path == "index.html";
        response.Headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        if (isPage) Visitor.Greet(context);
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)
            && files.GetFileInfo(path + ".br") is { Exists: true } compressed)
        {
            response.Headers.ContentEncoding = "br";
            file = compressed;
        }
        response.ContentLength = file.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.SendFileAsync(file, context.RequestAborted);
    }
}
