using System.Text.RegularExpressions;

namespace Etude.EndToEnd.Tests;

/// <summary>Keeps the arrows of docs/architecture.md by reading the using lines and project references.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Root = Repository.Root;

    // A project or folder (first) must not name the namespaces after it.
    public static TheoryData<string, string[]> Forbidden => new()
    {
        { "src/Etude.Music", ["Etude.Neural", "Etude.Corpora", "Etude.Models", "Etude.Training", "Etude.Composing", "Etude.Cli", "Etude.Studio"] },
        { "src/Etude.Neural", ["Etude.Music", "Etude.Corpora", "Etude.Models", "Etude.Training", "Etude.Composing", "Etude.Cli", "Etude.Studio"] },
        { "src/Etude", ["Etude.Cli", "Etude.Studio"] },
        { "src/Etude/Models", ["Etude.Music", "Etude.Training", "Etude.Composing", "Etude.Corpora", "Etude.Evaluation"] },
        { "src/Etude/Corpora", ["Etude.Training", "Etude.Composing", "Etude.Models", "Etude.Evaluation"] },
        { "src/Etude/Composing", ["Etude.Training"] },
        { "src/Etude/Evaluation", ["Etude.Training"] },
        { "src/Etude.Cli", ["Etude.Studio"] },
        { "src/Etude.Studio", ["Etude.Cli"] },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Folder_does_not_point_at(string folder, string[] namespaces)
    {
        string path = Path.Combine(Root, folder);
        if (!Directory.Exists(path)) Assert.Skip($"{folder} is not there yet.");
        var broken =
            from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            from Match use in Using().Matches(File.ReadAllText(file))
            where namespaces.Any(name => use.Groups[1].Value == name || use.Groups[1].Value.StartsWith(name + ".", StringComparison.Ordinal))
            select $"{Path.GetRelativePath(Root, file)}: {use.Value.Trim()}";
        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("src/Etude.Music/Etude.Music.csproj")]
    [InlineData("src/Etude.Neural/Etude.Neural.csproj")]
    public void Base_libraries_reference_nothing(string project)
    {
        string text = File.ReadAllText(Path.Combine(Root, project));
        Assert.DoesNotContain("ProjectReference", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PackageReference", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Using();
}
