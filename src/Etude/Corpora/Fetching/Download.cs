using System.Net;

namespace Etude.Corpora.Fetching;

/// <summary>
/// Downloads one file: into <c>name.part</c> first, which a later call goes on from where the server can (and
/// <c>name.part.tag</c> tells that the file is still the same there).
/// </summary>
internal sealed class Download(WebSession session, FetchOptions options)
{
    /// <summary>Bytes downloaded by this object.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Leaves the file, whole, at <c>path.part</c> and answers that path.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="path">What it is to be called.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="progress">Told of the bytes there, and the length if known.</param>
    /// <param name="cancellation">Ends it; what came stays for the next time.</param>
    /// <exception cref="RefusalException">It is too large, or the server does not give it.</exception>
    public async Task<string> ToPartAsync(Uri address, string path, long limit, Action<long, long?>? progress, CancellationToken cancellation)
    {
        string part = path + ".part", tag = part + ".tag";
        for (int attempt = 0; ; attempt++)
        {
            string? validator = File.Exists(part) && File.Exists(tag) ? await File.ReadAllTextAsync(tag, cancellation).ConfigureAwait(false) : null;
            long from = validator is null ? 0 : new FileInfo(part).Length;
            try
            {
                using HttpResponseMessage response = await session.GetAsync(address, from, validator, cancellation).ConfigureAwait(false);
                await ReceiveAsync(response, part, tag, from, limit, progress, cancellation).ConfigureAwait(false);
                File.Delete(tag);
                return part;
            }
            catch (RefusalException)
            {
                File.Delete(part);
                File.Delete(tag);
                throw;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                if (attempt >= options.Retries) throw new RefusalException($"broken off ({fault.Message})");
            }
        }
    }

    private async Task ReceiveAsync(
        HttpResponseMessage response, string part, string tag, long from, long limit, Action<long, long?>? progress, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            File.Delete(part);
            throw new IOException("the part was longer than the file");
        }
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == from;
        if (!goesOn && response.StatusCode != HttpStatusCode.OK) throw new RefusalException($"the server answers {(int)response.StatusCode}");
        if (!goesOn) from = 0;

        long? length = response.Content.Headers.ContentLength + from;
        limit = Math.Min(limit, options.MaximumTotalBytes - TotalBytes + from);
        if (length > limit) throw new RefusalException($"larger than the limit");
        string? validator = response.Headers.ETag is { IsWeak: false } etag ? etag.ToString() : response.Content.Headers.LastModified?.ToString("r");
        File.Delete(tag);
        if (validator is not null) await File.WriteAllTextAsync(tag, validator, cancellation).ConfigureAwait(false);

        using var file = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        long there = from;
        await session.CopyAsync(response, file, limit - from, count =>
        {
            there += count;
            TotalBytes += count;
            progress?.Invoke(there, length);
        }, cancellation).ConfigureAwait(false);
        if (length is not null && there != length) throw new IOException($"{there} of {length} bytes came");
    }
}
