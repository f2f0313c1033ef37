using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;

/// <summary>The example of docs/architecture.md is a representation that works.</summary>
public sealed class AddingTests
{
    [Fact]
    public void The_example_reads_back_what_it_keeps()
    {
        RollRepresentation chroma = new ChromaOptions().Create();
        Score chord = Score.Piano(new[] { 48, 64, 67 }.Select(pitch => new Note(Tick.Zero, new Tick(480), (byte)pitch, 80)));
        var roll = chroma.Encode(chord).Roll;
        Assert.Equal((4, 12, 12L), (roll.Steps, roll.Width, roll.Count));
        Score back = chroma.Decode(roll);
        Assert.Equal([60, 64, 67], back.NotesInOrder().Select(note => (int)note.Pitch).Distinct().Order());
        Assert.Equal(roll.Count, chroma.Encode(back).Roll.Count);
    }

    [Fact]
    public void What_the_document_shows_is_this_code()
    {
        string root = SharedData.RepositoryRoot();
        string document = File.ReadAllText(Path.Combine(root, "docs/architecture.md"));
        string code = File.ReadAllText(Path.Combine(root, "tests/Etude.Music.Tests/Representations/ChromaOptions.cs"));
        Assert.Contains(code[code.IndexOf("/// <summary>", StringComparison.Ordinal)..].TrimEnd(), document, StringComparison.Ordinal);
    }
}
