using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>One step of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019), in one pass.</summary>
internal static class AdamKernel
{
    /// <summary>
    /// g = gradientScale * gradient (+ weightDecay * w unless decoupled); m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
    /// w = w (1 - rate * weightDecay if decoupled) - rate * m^ / (sqrt(v^) + epsilon), with m^ = m / (1 - b1^step), v^ = v / (1 - b2^step).
    /// </summary>
    /// <param name="step">1 at the first step.</param>
    public static void Step(
        int step, float learningRate, float beta1, float beta2, float epsilon, float weightDecay, bool decoupled, float gradientScale,
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments)
    {
        int length = weights.Length;
        Loop.Run(length, new Body(weights, gradients[..length], firstMoments[..length], secondMoments[..length])
        {
            Rate = (float)(learningRate / (1 - Math.Pow(beta1, step))),
            InverseRoot = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))),
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            Shrink = decoupled ? 1 - learningRate * weightDecay : 1,
            Decay = decoupled ? 0 : weightDecay,
            Scale = gradientScale,
        });
    }

    private readonly ref struct Body(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments) : ILoopBody
    {
        private readonly ref float weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float gradients = ref MemoryMarshal.GetReference(gradients);
        private readonly ref float firstMoments = ref MemoryMarshal.GetReference(firstMoments);
        private readonly ref float secondMoments = ref MemoryMarshal.GetReference(secondMoments);

        public float Rate { get; init; }
        public float InverseRoot { get; init; }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public float Shrink { get; init; }
        public float Decay { get; init; }
        public float Scale { get; init; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float weight = ref Unsafe.Add(ref weights, i), first = ref Unsafe.Add(ref firstMoments, i), second = ref Unsafe.Add(ref secondMoments, i);
            T w = T.Load(in weight), g = T.MultiplyAdd(T.Load(in Unsafe.Add(ref gradients, i)), T.Broadcast(Scale), w * T.Broadcast(Decay));
            T m = T.MultiplyAdd(T.Load(in first), T.Broadcast(Beta1), g * T.Broadcast(1 - Beta1));
            T v = T.MultiplyAdd(T.Load(in second), T.Broadcast(Beta2), g * g * T.Broadcast(1 - Beta2));
            m.Store(ref first);
            v.Store(ref second);
            T divisor = T.MultiplyAdd(T.Sqrt(v), T.Broadcast(InverseRoot), T.Broadcast(Epsilon));
            (w * T.Broadcast(Shrink) - T.Broadcast(Rate) * m / divisor).Store(ref weight);
        }
    }
}
