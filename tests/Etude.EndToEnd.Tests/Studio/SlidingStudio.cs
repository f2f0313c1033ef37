using Etude.Corpora;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Studio;
using Etude.Studio.Models;
using Etude.Training;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>A studio with an autoencoder that was trained for a moment on made-up music: the model "sliding".</summary>
public sealed class SlidingStudio : IAsyncLifetime
{
    private const string Tiny = """
        {
          "name": "tiny-autoencoder", "description": "Small enough for a test.",
          "corpus": { "duplicates": "ignore", "minimumNotes": 8, "split": { "training": 1, "validation": 0 } },
          "representation": { "scheme": "roll", "grid": "16 per measure" },
          "network": { "type": "autoencoder", "units": [ 64 ], "latent": 4, "divergence": 0.002 },
          "objective": { "loss": "binary-cross-entropy" },
          "optimizer": { "learningRate": 0.002 },
          "training": { "epochs": 16, "steps": 64, "stride": 16, "batch": 4 }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("etude-sliding-").FullName;

    /// <summary>A studio with the model "sliding".</summary>
    internal OpenStudio Studio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "midi"));
        for (int piece = 0; piece < 12; piece++) MidiFile.Write(Piece(piece), Path.Combine(folder, "midi", $"{piece:D2}.mid"));
        File.WriteAllText(Path.Combine(folder, "tiny.json"), Tiny);
        Recipe recipe = Recipe.Load(Path.Combine(folder, "tiny.json"));
        using (Trainer trainer = new(recipe, Corpus.Prepare(Path.Combine(folder, "midi"), recipe.ResolveCorpus()), Path.Combine(folder, "runs/sliding"))) trainer.Train(null, CancellationToken.None);
        StudioOptions options = new() { Runs = Path.Combine(folder, "runs") };
        Studio = await OpenStudio.StartAsync(new ModelShelf(options), given => given with { Runs = options.Runs });
    }

    public async ValueTask DisposeAsync()
    {
        await Studio.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One chord over and over, each piece in a register and at a pace of its own: what latents can tell apart at once.</summary>
    internal static Score Piece(int piece)
    {
        int lowest = 36 + (4 * piece), step = 480 / (1 + (piece % 3));
        return Score.Piano(
            from onset in Enumerable.Range(0, 16 * 1920 / step)
            from interval in new[] { 0, 4, 7 }
            select new Note(new(onset * step), new(step), (byte)(lowest + interval), 80));
    }
}
