using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Etude.Tests.Corpora.Fetching;

/// <summary>A web site on this machine, as good and as bad as a test wants it: pages by path, every request remembered.</summary>
internal sealed class LocalSite : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Func<Request, Answer>> pages = new();

    public LocalSite()
    {
        listener.Start();
        Home = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = Task.Run(ServeAsync);
    }

    public sealed record Request(string Path, Dictionary<string, string> Headers);

    /// <summary>What is sent: <paramref name="SentBytes"/> of the body before the line is cut, all where null.</summary>
    public sealed record Answer(int Status, byte[] Body, Dictionary<string, string>? Headers = null, int? SentBytes = null, bool WithoutLength = false);

    public Uri Home { get; }

    public ConcurrentQueue<Request> Requests { get; } = new();

    public IEnumerable<string> Paths => Requests.Select(request => request.Path);

    public Uri this[string path] => new(Home, path);

    public void Add(string path, Func<Request, Answer> answer) => pages["/" + path] = answer;

    public void Add(string path, byte[] body) => Add(path, _ => new Answer(200, body));

    public void Add(string path, string body) => Add(path, Encoding.UTF8.GetBytes(body));

    public void Redirect(string path, string to) => Add(path, _ => new Answer(302, [], new() { ["Location"] = to }));

    public void Dispose()
    {
        if (stop.IsCancellationRequested) return;
        stop.Cancel();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Task.Run(() => AnswerAsync(client));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            if (await reader.ReadLineAsync() is not { } first) return;
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync() is { Length: > 0 } line) headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
            var request = new Request(first.Split(' ')[1], headers);
            Requests.Enqueue(request);
            Answer answer = pages.TryGetValue(request.Path, out Func<Request, Answer>? page) ? page(request) : new Answer(404, []);
            var head = new StringBuilder($"HTTP/1.1 {answer.Status} X\r\nConnection: close\r\n");
            foreach ((string key, string value) in answer.Headers ?? []) head.Append(CultureInfo.InvariantCulture, $"{key}: {value}\r\n");
            if (!answer.WithoutLength) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n");
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()));
            await stream.WriteAsync(answer.Body.AsMemory(0, answer.SentBytes ?? answer.Body.Length));
        }
    }
}
