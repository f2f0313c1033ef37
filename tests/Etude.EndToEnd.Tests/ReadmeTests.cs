using System.Text.RegularExpressions;
using Etude.Composing;
using Etude.Music.Midi;

namespace Etude.EndToEnd.Tests;

/// <summary>The README's program is the one that runs here, line by line.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Sample_composes_a_piece()
    {
        string folder = Directory.CreateTempSubdirectory("etude-").FullName;
        string newMid = Path.Combine(folder, "new.mid");

        Composer composer = Composer.Load();                          // the built-in model; or Load("runs/my-run")
        Composition piece = composer.Compose(new ComposeOptions
        {
            Seed = 7,
            Bars = 16,
            Temperature = 0.95f,
        });
        MidiFile.Write(piece.Score, newMid);

        Assert.Equal(piece.Score, MidiFile.Read(newMid).Score);
        Assert.True(piece.Score.NoteCount > 16, $"{piece.Score.NoteCount} notes");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Sample_stands_in_the_readme()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string here = File.ReadAllText(Path.Combine(Repository.Root, "tests/Etude.EndToEnd.Tests/ReadmeTests.cs"));
        string sample = CodeBlock().Match(readme).Groups[1].Value;
        foreach (string line in sample.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("Console.", StringComparison.Ordinal)) continue;
            Assert.Contains(line.Replace("\"new.mid\"", "newMid", StringComparison.Ordinal), here, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Top_of_the_changelog_is_the_version_built()
    {
        string changes = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"));
        Assert.Equal(typeof(Composer).Assembly.GetName().Version!.ToString(3), Version().Match(changes).Groups[1].Value);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^## (\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Version();
}
