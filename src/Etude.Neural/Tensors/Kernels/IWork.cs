namespace Etude.Neural.Tensors.Kernels;

/// <summary>A piece of work cut into numbered parts that <see cref="Workers"/> may run in any order and at the same time.</summary>
/// <remarks>
/// Implement it by a <c>struct</c> (a <c>ref struct</c> may hold spans). What a part computes must depend on its number
/// alone, never on the thread or on other parts: then results do not depend on how many threads there are.
/// </remarks>
public interface IWork
{
    /// <summary>Does part <paramref name="index"/>, from 0 up to the count given to <see cref="Workers.For{TWork}"/>.</summary>
    void Run(int index);
}
