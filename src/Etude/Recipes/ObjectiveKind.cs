namespace Etude.Recipes;

/// <summary>What training makes small.</summary>
public enum ObjectiveKind
{
    /// <summary>Cross-entropy of classes: of tokens; of a roll, its columns as classes, the first set one of a step being the answer (column 0 where none is set).</summary>
    CrossEntropy,

    /// <summary>Cross-entropy of each cell of a roll.</summary>
    BinaryCrossEntropy,

    /// <summary>The same, cells that are right already counting little (Lin and others 2017).</summary>
    Focal,

    /// <summary>The mean squared error of the cells' probabilities.</summary>
    MeanSquaredError,
}
