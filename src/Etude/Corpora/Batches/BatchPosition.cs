namespace Etude.Corpora.Batches;

/// <summary>Where training stands: with the seed, all that is needed to go on exactly.</summary>
/// <param name="Epoch">Epochs finished.</param>
/// <param name="Batch">Batches of this epoch already given.</param>
public readonly record struct BatchPosition(int Epoch, int Batch);
