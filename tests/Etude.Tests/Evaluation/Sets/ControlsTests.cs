using Etude.Composing;
using Etude.Evaluation.Sets;
using Etude.Music.Midi;
using Etude.Music.Tests;

namespace Etude.Tests.Evaluation.Sets;

/// <summary>Real music and the built-in model: the comparison must order what everybody can order by ear.</summary>
public sealed class ControlsTests
{
    [Fact]
    public void Human_music_held_out_lies_nearer_than_a_model_drawn_from_too_boldly_and_that_nearer_than_shuffled_notes()
    {
        string root = SharedData.Require("free-piano");
        PieceSet Some(string name, string list, int every) => new(name,
            [.. File.ReadAllLines(Path.Combine(root, list)).Where((_, i) => i % every == 0).Select(file => MidiFile.Read(Path.Combine(root, file)).Score)]);
        Composer composer = Composer.Load();
        var model = new PieceSet("model",
            [.. Enumerable.Range(1, 12).Select(seed => composer.Compose(new ComposeOptions { Seed = (ulong)seed, Bars = 16, Temperature = 1.15f, MinP = 0 }).Score)]);
        // At its usual temperature so few pieces of the model do not lie surely behind human ones.
        // All pieces at the length that the model's have, as metrics depend on it.
        SetReport report = SetComparison.Compare(
            Some("reference", "train.txt", 30), [Some("human", "valid.txt", 2), model], new SetOptions { Bars = 16, Draws = 50 });
        double[] distances = [.. report.Sets.Where(set => set.Role != SetRole.Reference).Select(set => set.Distance.Estimate)];
        (double floor, double human, double composed, double shuffled) = (distances[0], distances[1], distances[2], distances[3]);
        string all = FormattableString.Invariant($"floor {floor:F3}, human {human:F3}, model {composed:F3}, shuffled {shuffled:F3}");
        TestContext.Current.SendDiagnosticMessage(all);
        Assert.True(human < composed && composed < shuffled, all);
        Assert.True(human < floor * 1.3, all);
    }
}
