namespace Etude.Evaluation.Listening;

/// <summary>What a listener says.</summary>
public enum ListeningChoice
{
    /// <summary>Of a pair, the first is better.</summary>
    First,

    /// <summary>Of a pair, the second is better.</summary>
    Second,

    /// <summary>Of a pair, neither is better.</summary>
    Neither,

    /// <summary>Of a single piece: a person composed it.</summary>
    Human,

    /// <summary>Of a single piece: a machine composed it.</summary>
    Machine,
}
