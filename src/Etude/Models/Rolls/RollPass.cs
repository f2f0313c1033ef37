using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>What a <see cref="RollNetwork"/> computed from windows.</summary>
/// <param name="Logits">[batch, targets, width]: the logit of each cell.</param>
/// <param name="Penalty">A single value to minimize beside the objective, as the mean over windows; null where there is none.</param>
public readonly record struct RollPass(Tensor Logits, Tensor? Penalty = null);
