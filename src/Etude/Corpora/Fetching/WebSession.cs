using System.Net;
using System.Net.Http.Headers;

namespace Etude.Corpora.Fetching;

/// <summary>Asks web servers for things, one at a time, slowly, and only for what their robots.txt allows.</summary>
/// <param name="options">The pace and the limits.</param>
/// <param name="start">Where the gathering started; other hosts are refused unless the options allow them.</param>
/// <param name="isRobot">Whether robots.txt is asked. Not for one file that a person named.</param>
internal sealed class WebSession(FetchOptions options, Uri start, bool isRobot) : IDisposable
{
    private const int MostRedirects = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // each hop is checked
        AutomaticDecompression = DecompressionMethods.None, // ranges count the bytes that are sent
        UseCookies = false,
        ConnectTimeout = options.Timeout,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // silence is timed, not the whole
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue(RobotsRules.Robot, typeof(WebSession).Assembly.GetName().Version!.ToString(2)) } },
    };

    private readonly Dictionary<string, RobotsRules> robots = [];
    private Uri home = start;
    private DateTime nextRequest = DateTime.MinValue;

    public void Dispose() => client.Dispose();

    /// <summary>The answer to the first request: where it redirects to is home from then on.</summary>
    /// <exception cref="RefusalException">The rules forbid it, or the server does.</exception>
    public Task<HttpResponseMessage> GetHomeAsync(Uri address, CancellationToken cancellation) => GetAsync(address, 0, null, true, cancellation);

    /// <summary>The answer to a request, after redirects; its body is not read yet.</summary>
    /// <param name="address">What is asked for.</param>
    /// <param name="from">The first byte wanted; 0 for all.</param>
    /// <param name="validator">An entity tag or date as the server gave it: bytes are wanted from the middle only if it still holds.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="RefusalException">The rules forbid it, or the server does.</exception>
    public Task<HttpResponseMessage> GetAsync(Uri address, long from, string? validator, CancellationToken cancellation) =>
        GetAsync(address, from, validator, false, cancellation);

    private async Task<HttpResponseMessage> GetAsync(Uri address, long from, string? validator, bool movesHome, CancellationToken cancellation)
    {
        for (int hop = 0; hop < MostRedirects; hop++)
        {
            if (movesHome) home = address;
            await RequireAllowedAsync(address, cancellation).ConfigureAwait(false);
            HttpResponseMessage response = await SendAsync(address, from, validator, cancellation).ConfigureAwait(false);
            if (Redirect(address, response) is not { } next) return response;
            response.Dispose();
            if (address.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps) throw new RefusalException("it redirects to an unsafe connection");
            address = next;
        }
        throw new RefusalException("it redirects without end");
    }

    /// <summary>Reads a body up to a limit; a server that falls silent is an <see cref="IOException"/>.</summary>
    public async Task CopyAsync(HttpResponseMessage response, Stream to, long limit, Action<int>? read, CancellationToken cancellation)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            int count = await WithinTimeoutAsync(token => body.ReadAsync(buffer, token).AsTask(), cancellation).ConfigureAwait(false);
            if (count == 0) return;
            limit -= count;
            if (limit < 0) throw new RefusalException("larger than the limit");
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            read?.Invoke(count);
        }
    }

    private async Task RequireAllowedAsync(Uri address, CancellationToken cancellation)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) throw new RefusalException("not a web address");
        if (!options.OtherHosts && !IsSameHost(address, home)) throw new RefusalException("on another host");
        if (!isRobot) return;
        string site = address.GetLeftPart(UriPartial.Authority);
        if (!robots.TryGetValue(site, out RobotsRules? rules))
        {
            robots[site] = RobotsRules.DenyAll; // until it is known
            robots[site] = rules = await AskRobotsAsync(new Uri(site + "/robots.txt"), 5, cancellation).ConfigureAwait(false);
        }
        if (!rules.Allows(address.PathAndQuery)) throw new RefusalException("forbidden by robots.txt");
    }

    private async Task<RobotsRules> AskRobotsAsync(Uri address, int hops, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await SendAsync(address, 0, null, cancellation).ConfigureAwait(false);
        if (Redirect(address, response) is { } next && hops > 0) return await AskRobotsAsync(next, hops - 1, cancellation).ConfigureAwait(false);
        if ((int)response.StatusCode is >= 300 and < 500) return RobotsRules.AllowAll; // RFC 9309: there is none
        if (!response.IsSuccessStatusCode) return RobotsRules.DenyAll; // RFC 9309: it cannot be known
        using var text = new MemoryStream();
        await CopyAsync(response, text, 1 << 20, null, cancellation).ConfigureAwait(false);
        return RobotsRules.Parse(System.Text.Encoding.UTF8.GetString(text.ToArray()));
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, string? validator, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            await PaceAsync(address, cancellation).ConfigureAwait(false);
            TimeSpan wait = options.Interval * (1 << attempt);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                if (from > 0 && validator is not null)
                {
                    request.Headers.Range = new RangeHeaderValue(from, null);
                    request.Headers.TryAddWithoutValidation("If-Range", validator);
                }
                HttpResponseMessage response = await WithinTimeoutAsync(
                    token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation).ConfigureAwait(false);
                if ((int)response.StatusCode is not (429 or 500 or 502 or 503 or 504) || attempt >= options.Retries) return response;
                wait = response.Headers.RetryAfter?.Delta ?? wait;
                response.Dispose();
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                if (attempt >= options.Retries) throw new RefusalException($"no answer ({fault.Message})");
            }
            await Task.Delay(wait < LongestWait ? wait : LongestWait, cancellation).ConfigureAwait(false);
        }
    }

    private async Task PaceAsync(Uri address, CancellationToken cancellation)
    {
        TimeSpan wait = nextRequest - DateTime.UtcNow;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, cancellation).ConfigureAwait(false);
        TimeSpan asked = robots.GetValueOrDefault(address.GetLeftPart(UriPartial.Authority))?.Delay ?? TimeSpan.Zero;
        nextRequest = DateTime.UtcNow + (asked > options.Interval ? asked : options.Interval);
    }

    private async Task<T> WithinTimeoutAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(options.Timeout);
        try
        {
            return await work(timed.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"nothing came for {options.Timeout.TotalSeconds:0} seconds");
        }
    }

    private static Uri? Redirect(Uri address, HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? new Uri(address, location) : null;

    private static bool IsSameHost(Uri a, Uri b) =>
        a.IdnHost.Equals(b.IdnHost, StringComparison.OrdinalIgnoreCase) && (a.Port == b.Port || (a.IsDefaultPort && b.IsDefaultPort));
}
