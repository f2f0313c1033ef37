namespace Etude.Corpora.Fetching;

/// <summary>A collection of MIDI files that its makers offer as one archive. Read its licence before you use it.</summary>
/// <param name="Name">What it is asked for by, and its folder's name.</param>
/// <param name="Title">What it holds.</param>
/// <param name="Page">Where its makers describe it.</param>
/// <param name="Archive">The zip archive.</param>
/// <param name="Licence">Its licence as its makers state it.</param>
/// <param name="Sha256">The SHA-256 of the archive in hexadecimal; null where it is unknown.</param>
/// <param name="ArchiveBytes">The length of the archive; null where it is unknown.</param>
public sealed record PublicDataSet(
    string Name, string Title, Uri Page, Uri Archive, string Licence, string? Sha256 = null, long? ArchiveBytes = null)
{
    /// <summary>The data sets that are known by name.</summary>
    public static IReadOnlyList<PublicDataSet> All { get; } =
    [
        new("maestro", "MAESTRO v3.0.0: 1,276 piano competition performances, as played",
            new("https://magenta.tensorflow.org/datasets/maestro"),
            new("https://storage.googleapis.com/magentadata/datasets/maestro/v3.0.0/maestro-v3.0.0-midi.zip"),
            "CC BY-NC-SA 4.0 (not for commercial use)",
            "70470ee253295c8d2c71e6d9d4a815189e35c89624b76d22fce5a019d5dde12c", 58_416_533),
        new("pop909", "POP909: piano arrangements of 909 Chinese popular songs",
            new("https://github.com/music-x-lab/POP909-Dataset"),
            new("https://github.com/music-x-lab/POP909-Dataset/archive/refs/heads/master.zip"),
            "MIT for the repository; the songs themselves are under copyright"),
        new("nottingham", "Nottingham: a thousand British and American folk tunes with chords, cleaned by Jukedeck",
            new("https://github.com/jukedeck/nottingham-dataset"),
            new("https://github.com/jukedeck/nottingham-dataset/archive/refs/heads/master.zip"),
            "GPL-3.0"),
        new("adl-piano", "ADL Piano MIDI: 11,086 piano pieces of many genres, most drawn from the Lakh collection",
            new("https://github.com/lucasnfe/adl-piano-midi"),
            new("https://github.com/lucasnfe/adl-piano-midi/raw/refs/heads/master/midi/adl-piano-midi.zip"),
            "none stated; many of the songs are under copyright"),
        new("jsb-chorales", "JSB Chorales: 382 chorales by J. S. Bach, as Boulanger-Lewandowski et al. (2012) divided them",
            new("http://www-etud.iro.umontreal.ca/~boulanni/icml2012"),
            new("http://www-etud.iro.umontreal.ca/~boulanni/JSB%20Chorales.zip"),
            "none stated"),
    ];

    /// <summary>The data set of a name, in whatever case.</summary>
    /// <exception cref="FetchException">There is none; the message names them all.</exception>
    public static PublicDataSet Named(string name) =>
        All.FirstOrDefault(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new FetchException($"No data set is called {name}: known are {string.Join(", ", All.Select(set => set.Name))}.");
}
