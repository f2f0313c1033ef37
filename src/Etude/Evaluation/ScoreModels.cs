using Etude.Composing;

namespace Etude.Evaluation;

/// <summary>Trained models as <see cref="IScoreModel"/>.</summary>
public static class ScoreModels
{
    /// <summary>The model's view as one that gives scores a probability; null for one that gives none.</summary>
    public static IScoreModel? Of(TrainedModel model) => model switch
    {
        TokenModel tokens => new TokenScoreModel(tokens),
        RollModel rolls when RollScoreModel.Answers(rolls) => new RollScoreModel(rolls),
        _ => null,
    };
}
