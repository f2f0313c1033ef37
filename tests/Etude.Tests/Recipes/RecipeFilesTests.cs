using System.Text.Json.Nodes;
using Etude.Composing;
using Etude.Corpora;
using Etude.Music.Scores;
using Etude.Music.Tests;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Training;

namespace Etude.Tests.Recipes;

/// <summary>Every recipe of the repository trains and composes, so that a broken one cannot land.</summary>
public sealed class RecipeFilesTests
{
    private const int Widest = 24;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(SharedData.RepositoryRoot(), "recipes");

    [Theory, MemberData(nameof(Files))]
    public void EachTrainsAndComposes(string file)
    {
        using var folder = new TemporaryFolder();
        Recipe recipe = Recipe.Load(folder.Write(file, Narrowed(File.ReadAllText(Path.Combine(Folder, file)))));
        recipe = recipe with
        {
            Corpus = new CorpusOptions { Split = SplitOptions.Counts(4, 2) },
            Training = recipe.Training with { Epochs = 1, Batch = 2, Steps = Math.Min(recipe.Training.Steps, 16), Updates = null },
        };
        using var trainer = new Trainer(recipe, Corpus.FromScores(SomeScores.Pieces(6), recipe.Corpus), folder["run"]);
        EpochResult epoch = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.True(double.IsFinite(epoch.TrainLoss) && double.IsFinite(epoch.ValidationLoss));
        Score composed = Composer.Load(folder["run"]).Compose(new ComposeOptions { Bars = 4, Seed = 3 }, cancellation: TestContext.Current.CancellationToken).Score;
        Assert.True(composed.NoteCount > 0);
    }

    [Theory, MemberData(nameof(Files))]
    public void EachIsNamedAsItsFileAndSaysWhatItIs(string file)
    {
        JsonNode recipe = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;
        Assert.Equal(Path.GetFileNameWithoutExtension(file), (string?)recipe["name"]);
        Assert.NotEmpty((string?)recipe["description"] ?? "");
    }

    [Fact]
    public void ListedPiecesExistAndAreInOneSplitOnly()
    {
        string data = SharedData.Require("free-piano");
        foreach (var lists in Directory.GetFiles(Folder, "*.txt").GroupBy(path => Path.GetFileName(path).Split('.')[0]))
        {
            string[] pieces = [.. lists.SelectMany(File.ReadLines).Where(line => line.Length > 0 && !line.StartsWith('#'))];
            Assert.All(pieces, piece => Assert.True(File.Exists(Path.Combine(data, piece)), piece));
            Assert.Equal(pieces.Length, pieces.Distinct().Count());
        }
    }

    // The same layers in a width that a test has time for.
    private static string Narrowed(string recipe)
    {
        JsonNode root = JsonNode.Parse(recipe)!;
        Narrow(root["network"]);
        return root.ToJsonString();
    }

    private static void Narrow(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (string name in members.Select(member => member.Key).ToArray())
            {
                if (members[name] is JsonValue value && value.TryGetValue(out int width) && width > Widest) members[name] = Widest;
                else Narrow(members[name]);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items) Narrow(item);
        }
    }
}
