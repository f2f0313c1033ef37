namespace Etude.EndToEnd.Tests.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData(2, "usage", "nonsense")]
    [InlineData(2, "range", "generate", "--temperature", "9")]
    [InlineData(1, "missing.mid", "inspect", "missing.mid")]
    [InlineData(1, "nowhere", "generate", "--model", "nowhere")]
    [InlineData(1, "broken.mid", "inspect", "broken.mid")]
    [InlineData(1, "broken.json, line 2", "train", "broken.json", ".")]
    [InlineData(1, "nowhere is not there", "evaluate", "nowhere", ".")]
    [InlineData(1, "untrained holds no model", "evaluate", "untrained", ".")]
    [InlineData(1, "missing.json is not there", "evaluate", "missing.json", ".", "--floors")]
    [InlineData(1, "untrained holds no model", "evaluate", "untrained", ".", "--primed")]
    [InlineData(1, "recipe.json is not there", "evaluate", "untrained", ".", "--by-epoch")]
    [InlineData(1, "recipe.json is not there", "evaluate", "untrained", ".", "--restyle")]
    [InlineData(1, "nowhere is not there", "evaluate", ".", "--leaderboard", "nowhere")]
    [InlineData(1, "untrained holds no run", "evaluate", ".", "--leaderboard", "untrained")]
    [InlineData(2, "--pieces", "evaluate", "built-in", ".", "--pieces", "0")]
    [InlineData(2, "jbs", "evaluate", "--benchmark", "jbs", "--floors")]
    [InlineData(1, "--sets", "evaluate", "--benchmark", "jsb", "--floors", "--sets", "nowhere")]
    [InlineData(1, "missing.json is not there", "evaluate", "missing.json", "--benchmark", "jsb")]
    [InlineData(1, "nowhere holds no run", "evaluate", "--benchmark", "table", "--runs", "nowhere")]
    public void Failures_say_what_is_wrong_and_exit_by_kind(int exitCode, string hint, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("etude-").FullName;
        File.WriteAllText(Path.Combine(folder, "broken.mid"), "this is no music");
        File.WriteAllText(Path.Combine(folder, "broken.json"), "{\n  \"epocs\": 3\n}");
        Directory.CreateDirectory(Path.Combine(folder, "untrained", "models"));
        var (code, output, error) = EtudeProcess.Run(folder, arguments);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(exitCode, code);
        Assert.Empty(output);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal); // no stack trace for the user's mistakes
        Assert.DoesNotContain("(Parameter ", error, StringComparison.Ordinal); // nor names that stand only in the code
        if (hint is not ("usage" or "range")) Assert.Contains(hint, error, StringComparison.Ordinal);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("prepare")]
    [InlineData("train")]
    [InlineData("generate")]
    [InlineData("inspect")]
    public void Help_shows_an_example(string verb)
    {
        var (code, output, _) = EtudeProcess.Run(Path.GetTempPath(), verb, "--help");
        Assert.Equal(0, code);
        Assert.Contains($"etude {verb}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_names_every_file_it_drops()
    {
        using var work = new Workplace(epochs: 1);
        File.WriteAllText(work.PathOf("midi/broken.mid"), "MThd");
        var (code, output, _) = EtudeProcess.Run(work.Folder, "prepare", "midi");
        Assert.Equal(0, code);
        Assert.Contains("broken.mid:", output, StringComparison.Ordinal);

        var nothing = EtudeProcess.Run(work.Folder, "prepare", "midi", "--select", "absent*");
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("select", nothing.Error, StringComparison.OrdinalIgnoreCase);
    }
}
