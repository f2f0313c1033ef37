using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>
/// Composes with a trained model. Safe for several threads at once: they share the weights, and each piece has a state
/// of its own.
/// </summary>
/// <example><code>
/// Composition piece = Composer.Load().Compose(new ComposeOptions { Seed = 7, Bars = 16 });
/// MidiFile.Write(piece.Score, "new.mid");
/// </code></example>
public sealed class Composer
{
    private readonly TrainedModel _model;

    /// <summary>Composes with a model at hand.</summary>
    public Composer(TrainedModel model)
    {
        _model = model;
        Model = new ModelInfo(
            model.Recipe.Name, model.Recipe.Description, model.Recipe.Representation.Scheme, model.Network.ParameterCount, model.Hash);
    }

    /// <summary>The folder of the built-in model, beside the program.</summary>
    public static string BuiltInModel => Path.Combine(AppContext.BaseDirectory, "assets", "model");

    /// <summary>What it composes with.</summary>
    public ModelInfo Model { get; }

    /// <summary>Loads a model folder.</summary>
    /// <param name="folder">
    /// A model folder, or a run (its best model, else its last); null for the built-in model.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">There is no model there.</exception>
    /// <exception cref="FormatException">A file of the model cannot be understood.</exception>
    public static Composer Load(string? folder = null) => new(TrainedModel.Load(folder is null ? BuiltInModel : RunFolder.FindModel(folder)));

    /// <summary>Composes a piece.</summary>
    /// <param name="options">What to compose; the defaults where null.</param>
    /// <param name="progress">Told of new notes as they are settled.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The primer holds no note that the model can read.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public Composition Compose(
        ComposeOptions? options = null, IProgress<CompositionProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new ComposeOptions();
        options.Validate();
        return _model.Compose(options, progress, cancellation);
    }

    /// <summary>
    /// Gives a piece the style of what the model learned from, as far as such a model can: one of tokens keeps its rhythm and bass
    /// and chooses the other pitches; one with a latent encodes the piece window by window and decodes what it understood of it.
    /// </summary>
    /// <param name="piece">The piece, of whatever style.</param>
    /// <param name="options">How to draw; its length and primer are not used. The defaults where null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">The model is of a kind that cannot, or the piece holds no note.</exception>
    public Composition Restyle(Score piece, ComposeOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(piece);
        options ??= new ComposeOptions();
        options.Validate();
        if (piece.NoteCount == 0) throw new ArgumentException("The piece holds no note to give a style to.", nameof(piece));
        return _model.Restyle(piece, options, cancellation);
    }
}
