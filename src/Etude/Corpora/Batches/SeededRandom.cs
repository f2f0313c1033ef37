using Etude.Corpora.Preparing;

namespace Etude.Corpora.Batches;

/// <summary>Numbers that are the same on every machine and in every version: SplitMix64.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong state = StableHash.Mix(seed);

    public int Next(int bound) => (int)(StableHash.Mix(state++) % (ulong)bound);

    public bool Chance(double share) => Next(1 << 20) < share * (1 << 20);

    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = Next(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }
}
