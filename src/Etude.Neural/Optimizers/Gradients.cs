using Etude.Neural.Layers;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Optimizers;

/// <summary>What is done to all gradients together before a step.</summary>
public static class Gradients
{
    /// <summary>The Euclidean norm of all gradients as one vector, summed in double precision in the order given.</summary>
    public static double Norm(IReadOnlyList<Parameter> parameters)
    {
        double squares = 0;
        for (int index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].HasGradient) squares += Reductions.SumOfSquares(parameters[index].Gradient);
        }

        return Math.Sqrt(squares);
    }

    /// <summary>
    /// Scales all gradients down so that their norm is at most <paramref name="limit"/> (Pascanu and others 2013).
    /// </summary>
    /// <returns>The norm before; look here for NaN or infinity, which are left as they are.</returns>
    public static double ClipByNorm(IReadOnlyList<Parameter> parameters, float limit)
    {
        double norm = Norm(parameters);
        if (!double.IsFinite(norm) || norm <= limit) return norm;
        float factor = (float)(limit / (norm + 1e-6)); // PyTorch's guard, kept so that the results agree
        for (int index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].HasGradient) Elementwise.Scale(parameters[index].Gradient, factor, parameters[index].Gradient);
        }

        return norm;
    }

    /// <summary>Sets all gradients to zero.</summary>
    public static void Clear(IReadOnlyList<Parameter> parameters)
    {
        for (int index = 0; index < parameters.Count; index++) parameters[index].ClearGradient();
    }
}
