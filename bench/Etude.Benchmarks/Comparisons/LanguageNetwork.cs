using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

/// <summary>An embedding, two LSTM layers and an output layer, all 512 wide, over 512 classes.</summary>
internal sealed class LanguageNetwork : Module
{
    public const int Classes = 512, Units = 512;

    /// <summary>The weights that one token needs: two LSTM layers and the output.</summary>
    public const int WeightCount = 2 * 8 * Units * Units + Classes * Units;

    public LanguageNetwork(RandomSource random)
    {
        Embedding = Register("embedding", new Embedding(Classes, Units, random));
        First = Register("lstm0", new Lstm(Units, Units, random));
        Second = Register("lstm1", new Lstm(Units, Units, random));
        Output = Register("output", new Linear(Units, Classes, random));
    }

    public Embedding Embedding { get; }

    public Lstm First { get; }

    public Lstm Second { get; }

    public Linear Output { get; }
}
