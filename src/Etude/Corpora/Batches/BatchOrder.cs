using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora.Batches;

/// <summary>In which order the stretches of a corpus are seen.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<BatchOrder>))]
public enum BatchOrder
{
    /// <summary>
    /// Windows in random order; each starts from nothing. Each epoch cuts every piece at other places and sees every target once
    /// (more often where <see cref="BatchOptions.Stride"/> is shorter than a window).
    /// </summary>
    Windows,

    /// <summary>
    /// Each lane of the batch walks through one piece after another, and the model's state is carried along within a piece. The
    /// pieces are shared out anew each epoch, so evenly that all lanes end together; a piece too long for that is cut. Every
    /// target is seen once.
    /// </summary>
    Streams,

    /// <summary>
    /// As <see cref="Streams"/>, but the same in each epoch and no piece is ever cut: to measure. Lanes that end early stay empty.
    /// </summary>
    InOrder,
}
