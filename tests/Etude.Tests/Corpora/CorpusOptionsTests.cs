using System.Text.Json;
using Etude.Corpora;

namespace Etude.Tests.Corpora;

public sealed class CorpusOptionsTests
{
    [Fact]
    public void Reads_and_writes_as_part_of_a_recipe()
    {
        CorpusOptions options = new()
        {
            Select = ["BeethovenLv*"],
            Meters = ["4/4"],
            Parts = PartChoice.Highest,
            OutOfRange = OutOfRange.Transpose,
            Duplicates = DuplicateHandling.KeepTogether,
            Split = SplitOptions.Counts(10, 3, 3, seed: 7),
        };
        JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

        string text = JsonSerializer.Serialize(options, json);
        CorpusOptions read = JsonSerializer.Deserialize<CorpusOptions>(text, json)!;

        Assert.Contains("\"duplicates\":\"keep-together\"", text);
        Assert.Contains("\"by\":\"count\"", text);
        Assert.Equal(text, JsonSerializer.Serialize(read, json));
    }

    [Fact]
    public void What_is_not_written_has_its_default()
    {
        CorpusOptions read = JsonSerializer.Deserialize<CorpusOptions>("""{"split":{"training":8,"test":1}}""", JsonSerializerOptions.Web)!;
        Assert.Equal(new SplitOptions { Training = 8, Validation = 0.1, Test = 1 }, read.Split);
        Assert.True(read.PianoOnly);
    }
}
