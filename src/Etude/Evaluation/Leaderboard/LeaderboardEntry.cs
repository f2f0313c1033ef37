using Etude.Composing;
using Etude.Music.Scores;

namespace Etude.Evaluation.Leaderboard;

/// <summary>What one model does on the corpus that all models of a leaderboard are measured on.</summary>
public sealed record LeaderboardEntry
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>What the recipe says of itself.</summary>
    public string Description { get; init; } = "";

    /// <summary>How the model reads and writes music.</summary>
    public required string Form { get; init; }

    /// <summary>The number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>How long it was trained, in minutes; not a number where nothing is known of it.</summary>
    public double TrainingMinutes { get; init; } = double.NaN;

    /// <summary>How many epochs it was trained; 0 where nothing is known of it.</summary>
    public int Epochs { get; init; }

    /// <summary>How many of the held-out pieces it was trained on: above 0, its figures are not those of held-out music.</summary>
    public required int SeenPieces { get; init; }

    /// <summary>The likelihood of the held-out pieces; none for models that give no score a probability, such as autoencoders.</summary>
    public required Likelihood? Likelihood { get; init; }

    /// <summary>Notes composed in a second, one piece after another.</summary>
    public required double NotesPerSecond { get; init; }

    /// <summary>Measures a model and composes with it.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="heldOut">The held-out pieces, with the names of their files.</param>
    /// <param name="trainedOn">The names of the files it was trained on.</param>
    /// <param name="options">What each composed piece is like; its seed is set here: 1, 2, 3 ...</param>
    /// <param name="count">How many pieces are composed.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (LeaderboardEntry Entry, Score[] Composed) Measure(
        string run, TrainedModel model, IReadOnlyList<(string Name, Score Score)> heldOut, IEnumerable<string> trainedOn,
        ComposeOptions options, int count, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(heldOut);
        var composer = new Composer(model);
        Composition[] composed = [.. Enumerable.Range(1, count).Select(seed => composer.Compose(options with { Seed = (ulong)seed }, null, cancellation))];
        // The same corpus may lie elsewhere, or a run may have been given a part of it: the file's own name stays.
        var trained = trainedOn.Select(Path.GetFileName).ToHashSet();
        var entry = new LeaderboardEntry
        {
            Run = run,
            Recipe = model.Recipe.Name,
            Description = model.Recipe.Description,
            Form = model.Form,
            Parameters = model.Network.ParameterCount,
            SeenPieces = heldOut.Count(piece => trained.Contains(Path.GetFileName(piece.Name))),
            Likelihood = ScoreModels.Of(model) is { } foreseeing ? Evaluation.Likelihood.Of(foreseeing, heldOut.Select(piece => piece.Score)) : null,
            NotesPerSecond = composed.Sum(piece => piece.Score.NoteCount) / composed.Sum(piece => piece.Elapsed.TotalSeconds),
        };
        return (entry, [.. composed.Select(piece => piece.Score)]);
    }
}
