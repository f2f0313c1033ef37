using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

public sealed class SoundFontsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("etude-fonts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Takes_the_font_asked_for()
    {
        string path = Put("mine.sf2", version: 2);
        Assert.Equal(path, SoundFonts.Locate(path).Path);
        var error = Assert.Throws<FileNotFoundException>(() => SoundFonts.Locate(Path.Combine(folder, "none.sf2")));
        Assert.Contains("none.sf2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_an_installed_one_and_the_default_first()
    {
        string other = Put("a.sf2", version: 2);
        Assert.Equal(other, SoundFonts.Locate(null, [folder]).Path);
        string chosen = Put("default-GM.sf2", version: 2);
        Assert.Equal(chosen, SoundFonts.Locate(null, [Path.Combine(folder, "absent"), folder]).Path);
    }

    [Fact]
    public void Passes_over_compressed_ones_and_says_so()
    {
        Put("default-GM.sf3", version: 3);
        Put("disguised.sf2", version: 3);
        File.WriteAllText(Path.Combine(folder, "text.sf2"), "not a font");
        var location = SoundFonts.Locate(null, [folder]);
        Assert.Null(location.Path);
        Assert.Contains("Etude's own", location.Reason, StringComparison.Ordinal);
        Assert.Contains("default-GM.sf3: compressed", location.Reason, StringComparison.Ordinal);
        Assert.Contains("disguised.sf2: compressed", location.Reason, StringComparison.Ordinal);
        Assert.Contains("text.sf2: not a SoundFont", location.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_built_in_piano_once_built()
    {
        string path = SoundFonts.BuiltIn(Path.Combine(folder, "cache"));
        var written = File.GetLastWriteTimeUtc(path);
        Assert.InRange(new FileInfo(path).Length, 6_000_000, 14_000_000);
        Assert.Equal(path, SoundFonts.BuiltIn(Path.Combine(folder, "cache")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "cache")));
    }

    private string Put(string name, byte version)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, [.. "RIFF\0\0\0\0sfbkLIST\0\0\0\0INFOifil\u0004\0\0\0"u8, version, 0, 1, 0]);
        return path;
    }
}
