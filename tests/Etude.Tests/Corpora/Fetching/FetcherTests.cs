using System.IO.Compression;
using System.Security.Cryptography;
using Etude.Corpora;
using Etude.Corpora.Fetching;
using Etude.Music.Midi;

namespace Etude.Tests.Corpora.Fetching;

public sealed class FetcherTests : IDisposable
{
    private static readonly FetchOptions Fast = new() { Interval = TimeSpan.Zero, Timeout = TimeSpan.FromSeconds(60) };

    private readonly LocalSite site = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        site.Dispose();
        folder.Dispose();
    }

    private static byte[] Midi(int number) => MidiFile.ToBytes(SomeScores.Piece(number));

    private Task<FetchReport> Fetch(string page = "index.html", FetchOptions? options = null, CancellationToken cancellation = default) =>
        Fetcher.FetchAsync(site[page], folder.Path, options ?? Fast, null, cancellation);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in members)
            {
                using Stream member = archive.CreateEntry(name).Open();
                member.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    [Fact]
    public async Task Saves_what_a_page_links_to_and_a_corpus_can_be_made_of_it()
    {
        site.Add("music/index.html", """
            <html><body><A HREF="one.mid">One</A> <a href='/two.MID?version=2#top'>Two</a> <a href=three%20parts.midi>Three</a>
            <a href="one.mid">One again</a> <a href="notes.pdf">Notes</a> <embed src="../four.kar"></body></html>
            """);
        (string Path, int Number)[] pieces = [("music/one.mid", 1), ("two.MID?version=2", 2), ("music/three%20parts.midi", 3), ("four.kar", 4)];
        foreach ((string path, int number) in pieces) site.Add(path, Midi(number));

        FetchReport report = await Fetch("music/index.html");

        Assert.Equal(["one.mid", "two.MID", "three parts.midi", "four.kar"], report.Saved.Select(file => file.Name));
        Assert.Empty(report.Skipped);
        Assert.Equal(Midi(3), File.ReadAllBytes(folder["three parts.midi"]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Midi(1))), report.Saved[0].Sha256);
        Assert.Equal(5, File.ReadAllLines(folder["sources.tsv"]).Length);
        Assert.Equal(4, Corpus.Prepare(folder.Path, cache: CorpusCache.None).Pieces.Length);
        Assert.DoesNotContain("/music/notes.pdf", site.Paths);
        Assert.StartsWith("etude/", site.Requests.First().Headers["User-Agent"]);
    }

    [Fact]
    public async Task What_is_already_there_is_not_asked_for_again()
    {
        site.Add("index.html", "<a href=one.mid></a><a href=two.mid></a>");
        site.Add("one.mid", Midi(1));
        site.Add("two.mid", _ => new(site.Paths.Count(path => path == "/two.mid") == 1 ? 404 : 200, Midi(2)));
        Assert.Equal("the server answers 404", (await Fetch()).Skipped.Single().Reason);
        FetchReport second = await Fetch();
        Assert.Equal(["one.mid"], second.AlreadyThere);
        Assert.Equal(["two.mid"], second.Saved.Select(file => file.Name));
        Assert.Single(site.Paths, "/one.mid");
    }

    [Fact]
    public async Task Robots_txt_is_honoured()
    {
        site.Add("robots.txt", "User-agent: *\nDisallow: /private/\n");
        site.Add("index.html", "<a href=private/one.mid></a><a href=two.mid></a>");
        site.Add("private/one.mid", Midi(1));
        site.Add("two.mid", Midi(2));
        FetchReport report = await Fetch();
        Assert.Equal("forbidden by robots.txt", report.Skipped.Single().Reason);
        Assert.DoesNotContain("/private/one.mid", site.Paths);
        Assert.Single(site.Paths, "/robots.txt");

        site.Add("robots.txt", "User-agent: etude\nDisallow: /\n");
        Assert.Contains("robots.txt", (await Assert.ThrowsAsync<FetchException>(() => Fetch())).Message);
        site.Add("robots.txt", _ => new(503, []));
        Assert.Contains("robots.txt", (await Assert.ThrowsAsync<FetchException>(() => Fetch(options: Fast with { Retries = 0 }))).Message);
    }

    [Fact]
    public async Task Requests_keep_their_distance()
    {
        site.Add("index.html", "<a href=one.mid></a><a href=two.mid></a>");
        site.Add("one.mid", Midi(1));
        site.Add("two.mid", Midi(2));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Fetch(options: Fast with { Interval = TimeSpan.FromMilliseconds(120) });
        Assert.Equal(4, site.Requests.Count); // robots.txt, the page, two files: three intervals
        Assert.InRange(clock.Elapsed.TotalMilliseconds, 340, double.MaxValue);
    }

    [Fact]
    public async Task Other_hosts_are_left_alone_unless_allowed()
    {
        using var other = new LocalSite();
        other.Add("far.mid", Midi(3));
        site.Add("index.html", $"<a href='{other["far.mid"]}'></a><a href=moved.mid></a><a href=near.mid></a>");
        site.Redirect("moved.mid", other["far.mid"].ToString());
        site.Redirect("near.mid", "/deep/near.mid");
        site.Add("deep/near.mid", Midi(1));

        FetchReport report = await Fetch();
        Assert.Equal(["near.mid"], report.Saved.Select(file => file.Name));
        Assert.Equal(["on another host", "on another host"], report.Skipped.Select(link => link.Reason));
        Assert.Empty(other.Requests);
        Assert.Equal(["far.mid", "moved.mid"], (await Fetch(options: Fast with { OtherHosts = true })).Saved.Select(file => file.Name));
    }

    [Fact]
    public async Task A_page_that_moved_is_home_where_it_moved_to()
    {
        using var other = new LocalSite();
        site.Redirect("index.html", other["music/"].ToString());
        other.Add("music/", "<a href=one.mid></a>");
        other.Add("music/one.mid", Midi(1));
        Assert.Single((await Fetch()).Saved);
    }

    [Fact]
    public async Task A_redirect_without_end_ends()
    {
        site.Add("index.html", "<a href=round.mid></a>");
        site.Redirect("round.mid", "round.mid");
        Assert.Equal("it redirects without end", (await Fetch()).Skipped.Single().Reason);
    }

    [Fact]
    public async Task Only_what_begins_as_midi_is_kept()
    {
        site.Add("index.html", "<a href=page.mid></a><a href=fake.zip></a><a href=ok.mid></a>");
        site.Add("page.mid", "<html>Please log in</html>");
        site.Add("fake.zip", "PK, not really");
        site.Add("ok.mid", Midi(1));
        FetchReport report = await Fetch();
        Assert.Equal(["ok.mid"], report.Saved.Select(file => file.Name));
        Assert.Equal(["not a MIDI file by its content", "not a zip archive by its content"], report.Skipped.Select(link => link.Reason));
        Assert.Equal(["ok.mid", "sources.tsv"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Size_and_number_are_limited(bool withoutLength)
    {
        site.Add("index.html", string.Concat(Enumerable.Range(0, 5).Select(number => $"<a href={number}.mid></a>")));
        for (int number = 0; number < 5; number++)
        {
            byte[] bytes = [.. Midi(number), .. new byte[number == 1 ? 1 << 20 : 0]];
            site.Add($"{number}.mid", _ => new(200, bytes, WithoutLength: withoutLength));
        }
        FetchReport report = await Fetch(options: Fast with { MaximumFileBytes = 1 << 20, MaximumFiles = 3 });
        Assert.Equal(["0.mid", "2.mid", "3.mid"], report.Saved.Select(file => file.Name));
        Assert.Equal(["larger than the limit", "more files than the limit"], report.Skipped.Select(link => link.Reason));

        report = await Fetch(options: Fast with { MaximumTotalBytes = 100 });
        Assert.Contains(report.Skipped, link => link.Reason == "larger than the limit");
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_stopped()
    {
        byte[] whole = Zip([.. Enumerable.Range(0, 50).Select(number => ($"{number}.mid", Midi(number)))]);
        site.Add("all.zip", Ranged(whole, "\"v1\"", cutAt: 5000));
        FetchReport report = await Fetch("all.zip");
        Assert.Equal(50, report.Saved.Count);
        string[] ranges = [.. site.Requests.Select(request => request.Headers.GetValueOrDefault("Range")!).OfType<string>()];
        Assert.NotEmpty(ranges);
        Assert.Equal("bytes=5000-", ranges[0]);
        Assert.True(File.Exists(folder["all/49.mid"]));
        Assert.False(File.Exists(folder["all.zip.part"]) || File.Exists(folder["all.zip.part.tag"]));
    }

    [Fact]
    public async Task A_part_of_another_version_is_thrown_away()
    {
        byte[] whole = Zip([.. Enumerable.Range(0, 20).Select(number => ($"{number}.mid", Midi(number)))]);
        folder.Write("all.zip.part", new string('x', 3000));
        folder.Write("all.zip.part.tag", "\"old\"");
        site.Add("all.zip", Ranged(whole, "\"new\"", cutAt: int.MaxValue));
        Assert.Equal(20, (await Fetch("all.zip")).Saved.Count);
        Assert.Equal("\"old\"", site.Requests.Last().Headers["If-Range"]);
    }

    [Fact]
    public async Task Stopping_keeps_the_part_for_the_next_time()
    {
        byte[] whole = Zip([.. Enumerable.Range(0, 50).Select(number => ($"{number}.mid", Midi(number)))]);
        using var stop = new CancellationTokenSource();
        site.Add("all.zip", request => request.Headers.ContainsKey("Range")
            ? Ranged(whole, "\"v1\"", int.MaxValue)(request)
            : new(200, whole, new() { ["ETag"] = "\"v1\"" }, SentBytes: 4000));
        var stopper = new Stopper(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetcher.FetchAsync(site["all.zip"], folder.Path, Fast with { Interval = TimeSpan.FromMilliseconds(50) }, stopper, stop.Token));
        Assert.Equal(4000, new FileInfo(folder["all.zip.part"]).Length);
        Assert.Equal(50, (await Fetch("all.zip")).Saved.Count);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        site.Add("one.mid", _ => site.Requests.Count < 4 ? new(503, [], new() { ["Retry-After"] = "0" }) : new(200, Midi(1)));
        Assert.Single((await Fetch("one.mid")).Saved);
    }

    [Fact]
    public async Task An_archive_cannot_lead_out_of_its_folder_or_burst_it()
    {
        site.Add("bad.zip", Zip(
            ("../escape.mid", Midi(1)), ("/absolute.mid", Midi(1)), ("a/../../b.mid", Midi(1)), ("C:\\windows.mid", Midi(1)), ("back\\slash.mid", Midi(2)),
            ("bomb.mid", [.. Midi(3), .. new byte[5 << 20]]), ("text.mid", "hello"u8.ToArray()), ("readme.txt", "x"u8.ToArray()), ("sub/con.mid", Midi(4))));
        FetchReport report = await Fetch("bad.zip", Fast with { MaximumFileBytes = 1 << 20 });
        Assert.Equal(["bad/back/slash.mid", "bad/sub/_con.mid"], report.Saved.Select(file => file.Name));
        Assert.Equal(6, report.Skipped.Count);
        Assert.Equal(4, report.Skipped.Count(link => link.Reason == "its name leads out of the archive"));
        Assert.Equal(
            ["bad/back/slash.mid", "bad/sub/_con.mid", "sources.tsv"],
            Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_data_set_is_checked_and_its_licence_recorded()
    {
        byte[] zip = Zip(("set/1.mid", Midi(1)), ("set/2.mid", Midi(2)));
        site.Add("robots.txt", "User-agent: *\nDisallow: /");
        site.Add("set.zip", zip);
        var dataSet = new PublicDataSet("tiny", "Two pieces", site.Home, site["set.zip"], "CC0", Convert.ToHexStringLower(SHA256.HashData(zip)));

        FetchReport report = await Fetcher.FetchAsync(dataSet, folder.Path, Fast);
        Assert.Equal(["tiny/set/1.mid", "tiny/set/2.mid"], report.Saved.Select(file => file.Name));
        Assert.EndsWith("\tCC0", File.ReadAllLines(folder["sources.tsv"])[1]);
        Assert.Equal(["tiny"], (await Fetcher.FetchAsync(dataSet, folder.Path, Fast)).AlreadyThere);

        var changed = dataSet with { Name = "changed", Sha256 = new string('0', 64) };
        string fault = (await Assert.ThrowsAsync<FetchException>(() => Fetcher.FetchAsync(changed, folder.Path, Fast))).Message;
        Assert.Contains("SHA-256", fault);
        Assert.False(Directory.Exists(folder["changed"]));
    }

    [Fact]
    public async Task Faults_say_what_to_do()
    {
        site.Add("index.html", "<a href=page.html></a>");
        Assert.Contains("links to no MIDI files", (await Assert.ThrowsAsync<FetchException>(() => Fetch())).Message);
        Assert.Contains("404", (await Assert.ThrowsAsync<FetchException>(() => Fetch("nothing.html"))).Message);
        site.Dispose();
        Assert.Contains("cannot be had", (await Assert.ThrowsAsync<FetchException>(() => Fetch(options: Fast with { Retries = 0 }))).Message);
        Assert.Contains("maestro", Assert.Throws<FetchException>(() => PublicDataSet.Named("nothing")).Message);
        Assert.Equal("https", PublicDataSet.Named("MAESTRO").Archive.Scheme);
    }

    // Sends at most so many bytes at a time, and knows ranges.
    private static Func<LocalSite.Request, LocalSite.Answer> Ranged(byte[] whole, string tag, int cutAt) => request =>
    {
        Dictionary<string, string> headers = new() { ["ETag"] = tag };
        if (request.Headers.TryGetValue("Range", out string? range) && request.Headers["If-Range"] == tag)
        {
            int from = int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
            headers["Content-Range"] = $"bytes {from}-{whole.Length - 1}/{whole.Length}";
            return new(206, whole[from..], headers);
        }
        return new(200, whole, headers, SentBytes: Math.Min(whole.Length, cutAt));
    };

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            if (value.FileBytes == 4000) stop.Cancel();
        }
    }
}
