using System.Text.Json.Serialization;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>One layer of a stack as a recipe describes it; <c>type</c> tells which. A new kind is a new file and a line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LstmOptions), "lstm")]
[JsonDerivedType(typeof(DenseOptions), "dense")]
[JsonDerivedType(typeof(DropoutOptions), "dropout")]
[JsonDerivedType(typeof(GruOptions), "gru")]
[JsonDerivedType(typeof(Conv1dOptions), "conv1d")]
[JsonDerivedType(typeof(SeparableConv1dOptions), "separable-conv1d")]
[JsonDerivedType(typeof(BatchNormOptions), "batch-norm")]
[JsonDerivedType(typeof(LayerNormOptions), "layer-norm")]
[JsonDerivedType(typeof(ActivationOptions), "activation")]
[JsonDerivedType(typeof(TransformerOptions), "transformer")]
public abstract record LayerOptions
{
    /// <summary>Whether the layer must be told when each step is, in bars.</summary>
    [JsonIgnore]
    public virtual bool NeedsTimes => false;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Channels of what comes in.</param>
    /// <param name="random">The source of the first weights and of dropout's masks.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public abstract SequenceLayer Build(int inputs, RandomSource random);
}
