using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>One step of RMSprop (Tieleman and Hinton 2012) as PyTorch has it, in one pass.</summary>
internal static class RmsPropKernel
{
    /// <summary>
    /// g = gradientScale * gradient + weightDecay * w; v = decay v + (1 - decay) g^2; u = momentum u + g / (sqrt(v) + epsilon); w = w - rate u.
    /// </summary>
    /// <param name="velocities">u; empty where momentum is 0.</param>
    public static void Step(
        float learningRate, float decay, float epsilon, float momentum, float weightDecay, float gradientScale,
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> velocities)
    {
        int length = weights.Length;
        Loop.Run(length, new Body(weights, gradients[..length], squares[..length], velocities.IsEmpty ? default : velocities[..length])
        {
            Rate = learningRate,
            SquareDecay = decay,
            Epsilon = epsilon,
            Momentum = momentum,
            WeightDecay = weightDecay,
            Scale = gradientScale,
        });
    }

    private readonly ref struct Body(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> velocities) : ILoopBody
    {
        private readonly ref float weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float squares = ref MemoryMarshal.GetReference(squares);
        private readonly ref float velocities = ref MemoryMarshal.GetReference(velocities);
        private readonly bool hasVelocities = !velocities.IsEmpty;

        public float Rate { get; init; }
        public float SquareDecay { get; init; }
        public float Epsilon { get; init; }
        public float Momentum { get; init; }
        public float WeightDecay { get; init; }
        public float Scale { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float weight = ref Unsafe.Add(ref weights, i), square = ref Unsafe.Add(ref squares, i);
            T w = T.Load(in weight), g = T.MultiplyAdd(T.Load(in Unsafe.Add(ref gradients, i)), T.Broadcast(Scale), w * T.Broadcast(WeightDecay));
            T v = T.MultiplyAdd(T.Load(in square), T.Broadcast(SquareDecay), g * g * T.Broadcast(1 - SquareDecay));
            v.Store(ref square);
            T u = g / (T.Sqrt(v) + T.Broadcast(Epsilon));
            if (hasVelocities)
            {
                ref float velocity = ref Unsafe.Add(ref velocities, i);
                u = T.MultiplyAdd(T.Load(in velocity), T.Broadcast(Momentum), u);
                u.Store(ref velocity);
            }
            (w - T.Broadcast(Rate) * u).Store(ref weight);
        }
    }
}
