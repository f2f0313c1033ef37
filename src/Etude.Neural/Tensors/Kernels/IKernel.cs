namespace Etude.Neural.Tensors.Kernels;

/// <summary>Work in numbered parts, written once for every width of lanes; see <see cref="Kernel"/>.</summary>
internal interface IKernel
{
    void Run<T>(int part) where T : struct, ILanes<T>;
}
