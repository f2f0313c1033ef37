using System.Text.Json.Serialization;
using Etude.Models.Rolls;

namespace Etude.Models;

/// <summary>
/// A network as a recipe describes it; <c>type</c> tells which. Without one it is a stack of layers over tokens: this record
/// itself. The others are over piano rolls. A new kind is a new file and a line here.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NetworkOptions), "tokens")]
[JsonDerivedType(typeof(RollLstmOptions), "roll-lstm")]
[JsonDerivedType(typeof(NextNoteOptions), "next-note")]
[JsonDerivedType(typeof(EncoderDecoderOptions), "encoder-decoder")]
[JsonDerivedType(typeof(AutoencoderOptions), "autoencoder")]
public record NetworkOptions
{
    /// <summary>The width of the learned row that stands for each token, 1 or more. Default 256. Not used by rolls.</summary>
    public int Embedding { get; init; } = 256;

    /// <summary>
    /// Whether the rows that stand for the tokens also make the logits (Press and Wolf 2017): as many weights fewer. The last layer
    /// is then as wide as they are. Default false. Not used by rolls.
    /// </summary>
    public bool Tied { get; init; }

    /// <summary>
    /// How many tokens back it looks for an earlier occurrence of the latest ones, to be told what followed it: 0 for not at all, else 2 or
    /// more. Default 0. Not used by rolls.
    /// </summary>
    public int Recall { get; init; }

    /// <summary>
    /// The layers between the input and the last dense layer, which leads to the vocabulary and is added to them. Not used by
    /// rolls, whose networks have settings of their own.
    /// </summary>
    public IReadOnlyList<LayerOptions> Layers { get; init; } = [];
}
