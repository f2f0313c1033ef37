using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>One step of stochastic gradient descent with momentum as PyTorch has it, in one pass.</summary>
internal static class SgdMomentumKernel
{
    /// <summary>g = gradientScale * gradient + weightDecay * w; u = momentum u + g; w = w - rate * (nesterov ? g + momentum u : u)</summary>
    /// <param name="velocities">u; empty where momentum is 0.</param>
    public static void Step(
        float learningRate, float momentum, bool nesterov, float weightDecay, float gradientScale,
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocities)
    {
        int length = weights.Length;
        Loop.Run(length, new Body(weights, gradients[..length], velocities.IsEmpty ? default : velocities[..length])
        {
            Rate = learningRate,
            Momentum = momentum,
            Nesterov = nesterov,
            WeightDecay = weightDecay,
            Scale = gradientScale,
        });
    }

    private readonly ref struct Body(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocities) : ILoopBody
    {
        private readonly ref float weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float velocities = ref MemoryMarshal.GetReference(velocities);
        private readonly bool hasVelocities = !velocities.IsEmpty;

        public float Rate { get; init; }
        public float Momentum { get; init; }
        public bool Nesterov { get; init; }
        public float WeightDecay { get; init; }
        public float Scale { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float weight = ref Unsafe.Add(ref weights, i);
            T w = T.Load(in weight), g = T.MultiplyAdd(T.Load(in Unsafe.Add(ref gradients, i)), T.Broadcast(Scale), w * T.Broadcast(WeightDecay));
            if (hasVelocities)
            {
                ref float velocity = ref Unsafe.Add(ref velocities, i);
                T u = T.MultiplyAdd(T.Load(in velocity), T.Broadcast(Momentum), g);
                u.Store(ref velocity);
                g = Nesterov ? T.MultiplyAdd(u, T.Broadcast(Momentum), g) : u;
            }
            (w - T.Broadcast(Rate) * g).Store(ref weight);
        }
    }
}
