using System.Globalization;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Models;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>A model of tokens; its folder has a <c>vocabulary.json</c>.</summary>
public sealed class TokenModel : TrainedModel
{
    private const string VocabularyFile = "vocabulary.json";
    private Lazy<CorpusRuns>? _runs;
    private Lazy<UsualMetrics>? _metrics;

    private TokenModel(Recipe recipe, TokenRepresentation representation, TokenNetwork network) : base(recipe) =>
        (Representation, Network) = (representation, network);

    /// <summary>How it reads and writes music.</summary>
    public TokenRepresentation Representation { get; }

    /// <summary>The runs of the corpus it learned from, where its folder or its run has a <c>corpus.index</c>: a copy guard heeds them.</summary>
    public CorpusRuns? CorpusRuns => _runs?.Value;

    /// <summary>The metrics of that corpus, where its folder or its run has a <c>corpus.metrics.json</c>: candidates are ranked by them.</summary>
    public UsualMetrics? UsualMetrics => _metrics?.Value;

    /// <inheritdoc/>
    public override TokenNetwork Network { get; }

    /// <inheritdoc/>
    public override string Form =>
        string.Create(CultureInfo.InvariantCulture, $"{Representation.Scheme}, {Representation.Vocabulary.Count:N0} tokens");

    /// <summary>Makes a network with fresh weights.</summary>
    /// <param name="recipe">What to make.</param>
    /// <param name="representation">Fitted to the training pieces.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <exception cref="ArgumentException">The recipe's network or objective is one of rolls.</exception>
    public static TokenModel Create(Recipe recipe, TokenRepresentation representation, RandomSource random)
    {
        if (recipe.Network is RollNetworkOptions || recipe.Objective.Loss != ObjectiveKind.CrossEntropy)
        {
            throw new ArgumentException(
                $"The representation '{representation.Scheme}' makes tokens: leave out network.type and objective.loss, which are for rolls.");
        }
        return new(recipe, representation, new TokenNetwork(representation.Vocabulary.Count, recipe.Network, random, representation.Clock is { } clock ? new Times(clock) : null));
    }

    internal static TokenModel Open(Recipe recipe, TokenOptions options, string folder)
    {
        string path = Path.Combine(folder, VocabularyFile);
        TokenModel model = Create(recipe, MergedRepresentation.Open(options, Vocabulary.FromJson(File.ReadAllText(path), path)), new RandomSource(0));
        if (RunFolder.FindBeside(folder, CorpusRuns.FileName) is { } runs) model._runs = new Lazy<CorpusRuns>(() => CorpusRuns.Load(runs));
        if (RunFolder.FindBeside(folder, UsualMetrics.FileName) is { } metrics) model._metrics = new Lazy<UsualMetrics>(() => UsualMetrics.Load(metrics));
        return model;
    }

    internal override Composition Restyle(Score piece, ComposeOptions options, CancellationToken cancellation)
    {
        using var restyling = new Restyling(this, options);
        return restyling.Run(piece, cancellation);
    }

    internal override Composition Compose(ComposeOptions options, IProgress<CompositionProgress>? progress, CancellationToken cancellation)
    {
        if (options.Rolls is not null) throw Unknown(nameof(options.Rolls), "of rolls");
        if (options.Latent is not null) throw Unknown(nameof(options.Latent), "with a latent");
        if (Representation is not SheetRepresentation)
        {
            if (options.Gap is not null) throw Unknown(nameof(options.Gap), "of sheets");
            if (options.Steering != Steering.None) throw Unknown(nameof(options.Steering), "of sheets");
        }
        if (options.Candidates > 1) return Candidates.Best(this, options, progress, cancellation);
        using var composition = new TokenComposition(this, options, progress);
        return composition.Run(cancellation);
    }

    private protected override void SaveParts(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, VocabularyFile), Representation.Vocabulary.ToJson());

    private sealed class Times(TokenClock clock) : ITokenTimes
    {
        public int StateLength => clock.StateLength;

        public float Read(int token, Span<float> state) => clock.Read(token, state);
    }
}
