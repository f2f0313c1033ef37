namespace Etude.Neural.Optimizers;

/// <summary>Settings of <see cref="Muon"/>.</summary>
public sealed record MuonOptions
{
    /// <value>The default is 0.003.</value>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>How much of the last step of a matrix is kept in the next.</summary>
    /// <value>The default is 0.95.</value>
    public float Momentum { get; init; } = 0.95f;

    /// <summary>How often a step is brought nearer to an orthogonal matrix.</summary>
    /// <value>The default is 5.</value>
    public int Iterations { get; init; } = 5;

    /// <summary>The pull of weights towards zero, each step by the learning rate times this.</summary>
    /// <value>The default is 0.</value>
    public float WeightDecay { get; init; }

    /// <summary>How the other parameters are changed; its learning rate and weight decay are not used, those here are.</summary>
    public AdamOptions Others { get; init; } = new() { Beta2 = 0.99f };
}
