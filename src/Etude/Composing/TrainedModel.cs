using System.Security.Cryptography;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>
/// A network with its recipe and representation, as a model folder keeps them: <c>model.safetensors</c>, <c>config.json</c>
/// (the whole recipe: its representation tells the kind of model), <c>card.md</c>, and what the kind adds.
/// </summary>
public abstract class TrainedModel
{
    private protected TrainedModel(Recipe recipe) => Recipe = recipe;

    /// <summary>What it was trained as.</summary>
    public Recipe Recipe { get; }

    /// <summary>The network.</summary>
    public abstract Module Network { get; }

    /// <summary>How it reads and writes music, in a few words: the scheme and its size.</summary>
    public abstract string Form { get; }

    /// <summary>The SHA-256 of <c>model.safetensors</c>, in hexadecimal; empty before it is saved.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Reads a model folder of any kind.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, or it is not one of a model.</exception>
    /// <exception cref="FormatException">A file of it cannot be understood; the message names it.</exception>
    public static TrainedModel Load(string folder)
    {
        string weights = Path.Combine(folder, WeightsFile);
        if (!File.Exists(weights))
        {
            throw new DirectoryNotFoundException(
                $"{folder} is not a model folder: it holds no {WeightsFile}. Name a folder below runs/<name>/models/, or the run itself.");
        }
        Recipe recipe = Recipe.Load(Path.Combine(folder, ConfigFile));
        TrainedModel model = recipe.Representation switch
        {
            TokenOptions tokens => TokenModel.Open(recipe, tokens, folder),
            RollOptions rolls => RollModel.Open(recipe, rolls, folder),
            _ => throw new FormatException($"{folder}: there is no model of the representation '{recipe.Representation.Scheme}'."),
        };
        SafetensorsFile.Read(weights).Restore(model.Network);
        using FileStream bytes = File.OpenRead(weights);
        model.Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return model;
    }

    /// <summary>Writes a model folder; each file appears whole.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="card">The text of card.md.</param>
    /// <param name="precision">How weights are kept.</param>
    public void Save(string folder, string card, WeightPrecision precision = WeightPrecision.Float32)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), Recipe.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, CardFile), card);
        SaveParts(folder);
        var weights = new SafetensorsFile();
        weights.Store(Network, precision);
        weights.Write(Path.Combine(folder, WeightsFile));
    }

    /// <summary>Composes a piece; the options are in their ranges.</summary>
    internal abstract Composition Compose(ComposeOptions options, IProgress<CompositionProgress>? progress, CancellationToken cancellation);

    /// <summary>Gives a piece that holds a note the style of what the model learned from.</summary>
    internal virtual Composition Restyle(Score piece, ComposeOptions options, CancellationToken cancellation) =>
        throw new ArgumentException($"{Recipe.Name} ({Form}) cannot give another piece its style: take a model of tokens or one with a latent.");

    /// <summary>What to throw for an option that this model cannot follow.</summary>
    private protected ArgumentException Unknown(string option, string models) => new(
        $"The option {option} is for models {models}; {Recipe.Name} ({Form}) is none.", option);

    /// <summary>Writes the files that this kind of model has beside the others.</summary>
    private protected abstract void SaveParts(string folder);

    private const string WeightsFile = "model.safetensors";
    private const string ConfigFile = "config.json";
    private const string CardFile = "card.md";
}
