namespace Etude.Models;

/// <summary>The function after a dense layer.</summary>
public enum ActivationKind
{
    /// <summary>The identity.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x where positive, else exp(x) - 1.</summary>
    Elu,

    /// <summary>x times the normal distribution's share below x (its tanh form).</summary>
    Gelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,
}
