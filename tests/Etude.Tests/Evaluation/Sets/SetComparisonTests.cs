using System.Text.Json;
using Etude.Evaluation.Sets;
using Etude.Music.Scores;

namespace Etude.Tests.Evaluation.Sets;

public sealed class SetComparisonTests
{
    private static readonly SetOptions Quick = new() { Draws = 40 };

    [Fact]
    public void Controls_bound_what_is_judged()
    {
        PieceSet reference = Songs("songs", 0, 40, strange: 0), heldOut = Songs("held out", 100, 20, strange: 0);
        PieceSet near = Songs("near", 200, 20, strange: 0.15), far = Songs("far", 300, 20, strange: 0.4);
        SetReport report = SetComparison.Compare(reference, [heldOut, near, far], Quick);

        Assert.Equal(
            [SetRole.Reference, SetRole.Floor, SetRole.Candidate, SetRole.Candidate, SetRole.Candidate, SetRole.Ceiling],
            report.Sets.Select(set => set.Role));
        double[] distance = [.. report.Sets.Skip(1).Select(set => set.Distance.Estimate)];
        Assert.Equal(distance[0], distance[1], 0.15);
        Assert.True(distance[1] < distance[2] && distance[2] < distance[3] && distance[3] < distance[4], string.Join(' ', distance));
        double[] overlap = [.. report.Sets.Skip(1).Select(set => set.OverlappingArea)];
        Assert.True(overlap[0] > overlap[2] && overlap[2] > overlap[4], string.Join(' ', overlap));
        Assert.Equal(16, report.SampleSize);
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        PieceSet reference = Songs("songs", 0, 10, strange: 0), other = Songs("other", 50, 6, strange: 0.2);
        string json = SetComparison.Compare(reference, [other], Quick).ToJson();
        Assert.Equal(json, SetComparison.Compare(reference, [other], Quick).ToJson());
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.Equal("candidate", read.RootElement.GetProperty("sets")[2].GetProperty("role").GetString());
    }

    [Fact]
    public void Shuffling_keeps_what_the_notes_are()
    {
        PieceSet songs = Songs("songs", 0, 5, strange: 0.2), shuffled = songs.Shuffled();
        Assert.Equal(songs.Pieces.Select(piece => piece.NoteCount), shuffled.Pieces.Select(piece => piece.NoteCount));
        IEnumerable<byte> Pitches(PieceSet set) => set.Pieces.SelectMany(piece => piece.NotesInOrder()).Select(note => note.Pitch);
        Assert.Equal(Pitches(songs).Order(), Pitches(shuffled).Order());
        Assert.NotEqual(Pitches(songs), Pitches(shuffled));
    }

    [Fact]
    public void Too_small_a_set_is_refused_by_name()
    {
        PieceSet reference = Songs("songs", 0, 10, strange: 0);
        var fault = Assert.Throws<ArgumentException>(() => SetComparison.Compare(reference, [new PieceSet("nothing", [Score.Piano([])])]));
        Assert.Contains("nothing", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Broken chords of I IV V I in some key, where a share of the notes is of chance.</summary>
    private static PieceSet Songs(string name, int seed, int count, double strange) => new(name, [.. Enumerable.Range(seed, count).Select(number =>
    {
        var random = new Random(number);
        int tonic = random.Next(48, 60), onset = 0;
        var notes = new List<Note>();
        for (int bar = 0; bar < 12; bar++)
        {
            int root = tonic + new[] { 0, 5, 7, 0 }[bar % 4];
            foreach (int degree in new[] { 0, 7, 12, 16, 19, 16, 12, 7 })
            {
                bool isStrange = random.NextDouble() < strange;
                notes.Add(new Note(new Tick(onset), new Tick(60), (byte)(isStrange ? random.Next(30, 100) : root + degree), 80));
                onset += isStrange ? 60 * random.Next(1, 8) : 240;
            }
        }
        return Score.Piano(notes);
    })]);
}
