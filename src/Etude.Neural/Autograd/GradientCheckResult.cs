namespace Etude.Neural.Autograd;

/// <summary>The worst disagreement that <see cref="GradientCheck"/> found.</summary>
/// <param name="Error">|analytic - numeric| over the larger of them or 1; infinity where one is not a number.</param>
/// <param name="Input">Which input.</param>
/// <param name="Element">Which element of it, in row-major order.</param>
/// <param name="Analytic">The backward pass's derivative there.</param>
/// <param name="Numeric">The finite difference there.</param>
public readonly record struct GradientCheckResult(double Error, int Input, int Element, double Analytic, double Numeric);
