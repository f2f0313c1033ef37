using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Etude.Composing;
using Etude.Evaluation.Originality;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>How much of a piece stands in what its model learned from.</summary>
public sealed class OriginalityTests
{
    [Fact]
    public async Task Where_only_the_index_of_runs_is_at_hand_it_tells_a_copy_from_new_music()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(change: options => options with { Runs = Path.Combine(options.Data, "runs") });
        JsonElement known = await studio.FinishAsync(new { seed = 1, bars = 8 }), other = await studio.FinishAsync(new { seed = 2, bars = 8 });
        string place = $"/api/compositions/{known.Id()}/originality";
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Client.GetAsync(place)).StatusCode);

        // The model of the tests is named "plain": its run learned from its own first piece.
        string run = Path.Combine(studio.Data, "runs", "plain");
        Directory.CreateDirectory(run);
        Score score = MidiFile.Read(await studio.Client.GetByteArrayAsync($"/api/compositions/{known.Id()}.mid")).Score;
        CorpusRuns.Build([score]).Save(Path.Combine(run, CorpusRuns.FileName));

        JsonElement copy = (await studio.Client.GetFromJsonAsync<JsonElement>(place)).GetProperty("runs");
        Assert.Equal(17, copy.GetProperty("length").GetInt32());
        Assert.Equal(copy.GetProperty("count").GetInt32(), copy.GetProperty("held").GetInt32());
        JsonElement fresh = (await studio.Client.GetFromJsonAsync<JsonElement>($"/api/compositions/{other.Id()}/originality")).GetProperty("runs");
        Assert.InRange(fresh.GetProperty("held").GetInt32(), 0, fresh.GetProperty("count").GetInt32() / 10);
    }

    [Fact]
    public void The_built_in_model_knows_what_it_learned_from() =>
        Assert.True(File.Exists(Path.Combine(Composer.BuiltInModel, CorpusRuns.FileName)), "assets/model has no corpus.index: the originality of its pieces cannot be shown.");
}
