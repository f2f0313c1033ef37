using System.Globalization;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>A model of piano rolls; one with a latent has a <c>latents.json</c>.</summary>
public sealed class RollModel : TrainedModel
{
    private const string ThresholdFile = "threshold.txt";

    private RollModel(Recipe recipe, RollRepresentation representation, RollNetwork network) : base(recipe) =>
        (Representation, Network, Threshold) = (representation, network, recipe.Objective.Threshold);

    /// <summary>How it reads and writes music.</summary>
    public RollRepresentation Representation { get; }

    /// <inheritdoc/>
    public override RollNetwork Network { get; }

    /// <inheritdoc/>
    public override string Form => $"{Representation.Scheme}, {Representation.Width} columns, {Representation.Grid}";

    /// <summary>Where the latents of the training pieces lie; null where the network has no latent or has not been trained for an epoch.</summary>
    public LatentSpace? Latents { get; internal set; }

    /// <summary>The probability from which a cell counts as set: the recipe's, or the one that training found.</summary>
    public float Threshold { get; internal set; }

    /// <summary>Makes a network with fresh weights.</summary>
    /// <param name="recipe">What to make.</param>
    /// <param name="options">The recipe's representation.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <exception cref="ArgumentException">The recipe's network is one of tokens.</exception>
    public static RollModel Create(Recipe recipe, RollOptions options, RandomSource random)
    {
        if (recipe.Network is not RollNetworkOptions network)
        {
            throw new ArgumentException(
                $"The representation '{options.Scheme}' makes rolls: set network.type to roll-lstm, next-note, encoder-decoder or autoencoder.");
        }
        RollRepresentation representation = options.Create();
        return new(recipe, representation, network.Build(representation.Width, recipe.Training.Steps, random));
    }

    internal static RollModel Open(Recipe recipe, RollOptions options, string folder)
    {
        RollModel model = Create(recipe, options, new RandomSource(0));
        model.Latents = LatentSpace.Read(folder);
        string threshold = Path.Combine(folder, ThresholdFile);
        if (File.Exists(threshold)) model.Threshold = float.Parse(File.ReadAllText(threshold), CultureInfo.InvariantCulture);
        return model;
    }

    internal override Composition Compose(ComposeOptions options, IProgress<CompositionProgress>? progress, CancellationToken cancellation)
    {
        if (Network is LatentNetwork latent)
        {
            if (options.Rolls is not null) throw Unknown(nameof(options.Rolls), "that go step by step");
            return new LatentComposition(this, latent, options).Run(cancellation);
        }
        if (options.Latent is not null) throw Unknown(nameof(options.Latent), "with a latent");
        return new StepComposition(this, (StepNetwork)Network, options, progress).Run(cancellation);
    }

    internal override Composition Restyle(Score piece, ComposeOptions options, CancellationToken cancellation) => Network is not LatentNetwork
        ? base.Restyle(piece, options, cancellation)
        : Compose(
            options with
            {
                Primer = piece,
                Latent = new LatentChoice { Source = LatentSource.Piece },
                Bars = new BarMap(piece).Until(piece.End).Count(),
                Length = null,
            },
            null, cancellation);

    private protected override void SaveParts(string folder)
    {
        Latents?.Write(folder);
        if (Recipe.Objective.MatchDensity) AtomicFile.WriteText(Path.Combine(folder, ThresholdFile), Threshold.ToString("R", CultureInfo.InvariantCulture));
    }
}
