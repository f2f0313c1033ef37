using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.EndToEnd.Tests.CommandLine;

/// <summary>A temporary folder with made-up music and a recipe small enough to train in a test.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace(int pieces = 12, int notesEach = 240, int epochs = 4)
    {
        Folder = Directory.CreateTempSubdirectory("etude-").FullName;
        Directory.CreateDirectory(PathOf("midi"));
        for (int piece = 0; piece < pieces; piece++) MidiFile.Write(Piece(piece, notesEach), PathOf($"midi/piece-{piece:D2}.mid"));
        File.WriteAllText(PathOf("small.json"), $$"""
            {
              "description": "A network small enough for a test.",
              "corpus": { "duplicates": "ignore", "split": { "training": 0.8, "validation": 0.2 } },
              "network": { "embedding": 12, "layers": [ { "type": "lstm", "units": 24 }, { "type": "dropout", "rate": 0.1 }, { "type": "lstm", "units": 16 } ] },
              "optimizer": { "learningRate": 0.01, "clipNorm": 1 },
              "schedule": { "shape": "cosine" },
              "training": { "epochs": {{epochs}}, "steps": 24, "batch": 4, "keepEvery": 2, "transpose": 2 }
            }
            """);
    }

    public string Folder { get; }

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // A walk on a scale with chords: regular enough to be learned, different in each piece.
    private static Score Piece(int seed, int notes)
    {
        int[] scale = [0, 2, 4, 5, 7, 9, 11];
        var random = new Random(seed);
        var made = new List<Note>();
        int degree = 14, at = 0;
        while (made.Count < notes)
        {
            degree = Math.Clamp(degree + random.Next(-2, 3), 0, 34);
            int length = 120 * random.Next(1, 4);
            byte pitch = (byte)(40 + (12 * (degree / 7)) + scale[degree % 7]);
            made.Add(new Note(new Tick(at), new Tick(length), pitch, 80));
            if (random.Next(4) == 0) made.Add(new Note(new Tick(at), new Tick(length), (byte)(pitch - 12), 70));
            at += length;
        }
        return Score.Piano(made);
    }
}
