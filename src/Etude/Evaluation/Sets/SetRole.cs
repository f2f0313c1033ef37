namespace Etude.Evaluation.Sets;

/// <summary>Why a set stands in a report.</summary>
public enum SetRole
{
    /// <summary>What the others are compared with.</summary>
    Reference,

    /// <summary>The reference's one half against its other: no set comes nearer but by chance or copying.</summary>
    Floor,

    /// <summary>What is judged.</summary>
    Candidate,

    /// <summary>The reference with its notes shuffled: no music should lie farther.</summary>
    Ceiling,
}
