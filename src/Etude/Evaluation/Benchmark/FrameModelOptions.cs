using System.Text.Json.Serialization;

namespace Etude.Evaluation.Benchmark;

/// <summary>How a model of the polyphonic benchmark is built and trained; <c>type</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(KeyModelOptions), "keys")]
[JsonDerivedType(typeof(SequenceModelOptions), "sequence")]
public abstract record FrameModelOptions
{
    /// <summary>Where all dice start. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
