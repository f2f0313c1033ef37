using Etude.Evaluation.Benchmark;
using Etude.Music.Tests;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class BenchmarkRecipeTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot(), "recipes", "benchmark")).Order()];

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Files))]
    public void Recipes_of_the_repository_can_be_read_for_every_set(string path)
    {
        foreach (string set in FrameSet.Names) Assert.NotNull(BenchmarkRecipe.Load(path, set).Model);
    }

    [Fact]
    public void A_set_and_a_change_go_before_the_model()
    {
        File.WriteAllText(_path, """{ "model": { "type": "keys", "dropout": 0.1, "firstWidth": 10, "rounds": 3 }, "sets": { "jsb": { "firstWidth": 20, "rounds": 4 } } }""");
        Assert.Equal(
            new KeyModelOptions { Dropout = 0.1f, FirstWidth = 20, Rounds = 5 }, BenchmarkRecipe.Load(_path, "jsb", ["rounds=5"]).Model);
        Assert.Equal(new KeyModelOptions { Dropout = 0.1f, FirstWidth = 10, Rounds = 3 }, BenchmarkRecipe.Load(_path, "musedata").Model);
    }

    [Theory]
    [InlineData("{}", null, "model")]
    [InlineData("""{ "model": { "type": "keys", "dropuot": 0.1 } }""", null, "dropuot")]
    [InlineData("""{ "model": { "type": "keys" } }""", "dropout", "name=value")]
    [InlineData("no JSON", null, "recipe")]
    public void A_fault_names_file_and_place(string text, string? change, string expected)
    {
        File.WriteAllText(_path, text);
        string message = Assert.Throws<FormatException>(() => BenchmarkRecipe.Load(_path, "jsb", change is null ? null : [change])).Message;
        Assert.Contains(_path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
