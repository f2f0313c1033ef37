namespace Etude.Composing;

/// <summary>How the cells of a step are decided from their probabilities.</summary>
public enum RollDraw
{
    /// <summary>Each cell is tossed for by its probability, which keeps a piece from running dry.</summary>
    Toss,

    /// <summary>A cell is set where its probability is above the threshold.</summary>
    Threshold,
}
