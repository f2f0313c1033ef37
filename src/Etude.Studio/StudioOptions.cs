namespace Etude.Studio;

/// <summary>How a studio is run, and the limits it keeps. Immutable; the defaults suit one person on one computer.</summary>
public sealed record StudioOptions
{
    /// <summary>The address to listen on. Default "localhost"; anything else is reachable by others and is warned about.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port, 0 for any free one. Default 5080.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The folder of the database, the pieces and the caches. Default: "etude/studio" among the user's application data.</summary>
    public string Data { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "etude", "studio");

    /// <summary>The folder of training runs, whose models are offered beside the built-in one. Default "runs" in the current folder.</summary>
    public string Runs { get; init; } = "runs";

    /// <summary>The folder of recipes to train by. Default: "recipes" in the current folder, else those that came with the studio.</summary>
    public string Recipes { get; init; } = Directory.Exists("recipes") ? "recipes" : Path.Combine(AppContext.BaseDirectory, "recipes");

    /// <summary>A folder of music by people, for blind listening. Default: the starter pieces that came with the studio.</summary>
    public string Human { get; init; } = Path.Combine(AppContext.BaseDirectory, "assets", "starter");

    /// <summary>A sound font to play with; null for one installed on the system, else Etude's own piano.</summary>
    public string? SoundFont { get; init; }

    /// <summary>A secret that every request to the API must carry; null asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>The largest request body in bytes. Default 10 MB.</summary>
    public long UploadBytes { get; init; } = 10_000_000;

    /// <summary>The largest zip file of music to learn from, in bytes. Default 100 MB.</summary>
    public long ZipBytes { get; init; } = 100_000_000;

    /// <summary>The most that such a zip file may hold once unpacked, in bytes. Default 500 MB.</summary>
    public long UnpackedBytes { get; init; } = 500_000_000;

    /// <summary>The most files that such a zip file may hold. Default 20,000.</summary>
    public int UnpackedFiles { get; init; } = 20_000;

    /// <summary>The most notes that a primer, or a composed piece, may have. Default 20,000.</summary>
    public int Notes { get; init; } = 20_000;

    /// <summary>The most notes that a passage may have to lead a piece: the model reads them all before it writes. Default 2,000.</summary>
    public int LeadNotes { get; init; } = 2_000;

    /// <summary>The longest piece that can be asked for, in bars. Default 256.</summary>
    public int Bars { get; init; } = 256;

    /// <summary>Requests answered at once, event streams included; one more is refused. Default 512.</summary>
    public int RequestsInFlight { get; init; } = 512;

    /// <summary>Pieces that may be waiting or under way, all visitors together. Default 256.</summary>
    public int QueueLength { get; init; } = 256;

    /// <summary>Pieces that one visitor may have waiting or under way. Default 8.</summary>
    public int PiecesPerVisitor { get; init; } = 8;

    /// <summary>Pieces composed by turns at one time; the rest wait. Default 64.</summary>
    public int PiecesUnderWay { get; init; } = 64;

    /// <summary>Processor cores given to composing. Default: half of them, at least one, so that the page stays quick.</summary>
    public int Cores { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How long a piece that nobody keeps stays. Default a week.</summary>
    public TimeSpan UnkeptFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Leave the system's SQLite alone and keep a journal of JSON lines instead. Default false.</summary>
    public bool Journal { get; init; }
}
