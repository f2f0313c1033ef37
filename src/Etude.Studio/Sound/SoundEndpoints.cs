using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Etude.Studio.Sound;

internal static class SoundEndpoints
{
    public static void MapSound(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/soundfont", Font).WithTags("Sound").WithSummary("The piano's sound font (SF2)").Produces<byte[]>(contentType: "audio/x-soundfont");

    private static PhysicalFileHttpResult Font(SoundRoom sound, HttpResponse response)
    {
        FileInfo file = new(sound.FontPath);
        response.Headers.CacheControl = "no-cache";
        EntityTagHeaderValue tag = new(string.Create(CultureInfo.InvariantCulture, $"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\""));
        return TypedResults.PhysicalFile(file.FullName, "audio/x-soundfont", lastModified: file.LastWriteTimeUtc, entityTag: tag);
    }
}
