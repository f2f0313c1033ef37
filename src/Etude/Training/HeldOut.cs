using Etude.Corpora.Batches;
using Etude.Models;
using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>Measures a network on pieces it does not learn from: every target once, each piece read from its start to its end.</summary>
internal static class HeldOut
{
    /// <param name="network">The network.</param>
    /// <param name="pieces">Tokens, each piece between boundaries.</param>
    /// <param name="settings">How many pieces side by side, and how many steps at a time.</param>
    /// <param name="counts">Which targets count; all where null.</param>
    /// <param name="countsAt">Of which places, by piece and target, the targets count; all where null.</param>
    /// <param name="notes">The notes of all pieces; 0 where that is of no interest.</param>
    public static Tally Measure(
        TokenNetwork network, int[][] pieces, TrainingSettings settings, Func<int, bool>? counts = null, long notes = 0,
        Func<int, int, bool>? countsAt = null)
    {
        var tally = new Tally { Notes = notes };
        if (pieces.Length == 0) return tally;
        int lanes = Math.Min(settings.Batch, pieces.Length);
        var batches = new TokenBatches(
            pieces, new BatchOptions { Batch = lanes, Steps = settings.Steps, Order = BatchOrder.InOrder }, network.Boundary);
        NetworkMemory memory = network.CreateMemory(lanes);
        using var tape = new Tape(training: false) { WeightsStay = true };
        while (batches.Next() is { } batch)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                if (batch.Resets[lane]) memory.Clear(lane);
            }
            if (counts is not null)
            {
                foreach (ref int target in batch.Targets.AsSpan())
                {
                    if (target != TokenBatch.Ignored && !counts(target)) target = TokenBatch.Ignored;
                }
            }
            if (countsAt is not null) batch.Ignore((piece, target) => !countsAt(piece, target));
            LossValue loss = tape.CrossEntropy(network.Forward(tape, batch.Inputs, memory), batch.Targets);
            tally.Add(loss.Value, loss.Correct, loss.Count);
            tape.Reset();
        }
        return tally;
    }
}
