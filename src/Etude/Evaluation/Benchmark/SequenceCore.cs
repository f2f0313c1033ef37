namespace Etude.Evaluation.Benchmark;

/// <summary>What a <see cref="SequenceModel"/> remembers the past with.</summary>
public enum SequenceCore
{
    /// <summary>One layer of long short-term memory.</summary>
    Lstm,

    /// <summary>One layer of gated recurrent units.</summary>
    Gru,

    /// <summary>A temporal convolution network (Bai, Kolter and Koltun 2018): residual blocks of causal, dilated convolutions.</summary>
    Tcn,
}
