using Etude.Composing;

namespace Etude.Studio.Models;

/// <summary>The models that can compose. Safe for many threads at once; the weights of a model are loaded once.</summary>
internal interface IModelShelf
{
    /// <summary>What there is now, the built-in model first; empty where there is none at all.</summary>
    IReadOnlyList<ModelSummary> List();

    /// <summary>Whether a model of this name can compose; kept epochs of a run count, though they are not listed.</summary>
    bool Has(string model);

    /// <summary>Composes with a model by name. Blocks until the piece is done.</summary>
    /// <exception cref="KeyNotFoundException">There is no model of that name.</exception>
    Composition Compose(string model, ComposeOptions options, IProgress<CompositionProgress> progress, CancellationToken cancellation);
}
