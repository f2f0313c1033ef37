using System.Security.Cryptography;
using Etude.Models;
using Etude.Music.Representations;
using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>
/// A network with its recipe and representation, as a model folder keeps them: <c>model.safetensors</c>,
/// <c>config.json</c> (the whole recipe), <c>vocabulary.json</c> and <c>card.md</c>.
/// </summary>
public sealed class TrainedModel
{
    /// <summary>Joins the parts of a model.</summary>
    public TrainedModel(Recipe recipe, TokenRepresentation representation, TokenNetwork network)
    {
        Recipe = recipe;
        Representation = representation;
        Network = network;
    }

    /// <summary>What it was trained as.</summary>
    public Recipe Recipe { get; }

    /// <summary>How it reads and writes music.</summary>
    public TokenRepresentation Representation { get; }

    /// <summary>The network.</summary>
    public TokenNetwork Network { get; }

    /// <summary>The SHA-256 of <c>model.safetensors</c>, in hexadecimal; empty before it is saved.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>Makes a network with fresh weights.</summary>
    /// <param name="recipe">What to make.</param>
    /// <param name="representation">Fitted to the training pieces.</param>
    /// <param name="random">The source of the first weights.</param>
    public static TrainedModel Create(Recipe recipe, TokenRepresentation representation, RandomSource random) =>
        new(recipe, representation, new TokenNetwork(representation.Vocabulary.Count, recipe.Network, random));

    /// <summary>Reads a model folder.</summary>
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
        if (recipe.Representation is not TokenOptions options)
        {
            throw new FormatException($"{folder}: '{recipe.Representation.Scheme}' is not a representation of tokens.");
        }
        string vocabulary = Path.Combine(folder, VocabularyFile);
        TokenRepresentation representation = options.Open(Vocabulary.FromJson(File.ReadAllText(vocabulary), vocabulary));
        TrainedModel model = Create(recipe, representation, new RandomSource(0));
        SafetensorsFile.Read(weights).Restore(model.Network);
        using FileStream bytes = File.OpenRead(weights);
        return new TrainedModel(recipe, representation, model.Network) { Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    /// <summary>Writes a model folder; each file appears whole.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="card">The text of card.md.</param>
    /// <param name="halved">Whether weights are rounded to bfloat16, in half the room; else they are kept as they are.</param>
    public void Save(string folder, string card, bool halved = false)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), Recipe.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, VocabularyFile), Representation.Vocabulary.ToJson());
        AtomicFile.WriteText(Path.Combine(folder, CardFile), card);
        var weights = new SafetensorsFile();
        if (halved)
        {
            foreach (Parameter parameter in Network.State) weights.Tensors.Add(parameter.Name, SafetensorsTensor.FromRounded(parameter));
        }
        else
        {
            weights.Store(Network);
        }
        weights.Write(Path.Combine(folder, WeightsFile));
    }

    private const string WeightsFile = "model.safetensors";
    private const string ConfigFile = "config.json";
    private const string VocabularyFile = "vocabulary.json";
    private const string CardFile = "card.md";
}
