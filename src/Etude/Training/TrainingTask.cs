using Etude.Composing;
using Etude.Corpora;
using Etude.Corpora.Batches;
using Etude.Music.Representations;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>
/// What training one kind of model consists of: its data, its forward pass and its measures. The <see cref="Trainer"/>
/// does the rest alike for all: epochs, optimizer, files, resuming.
/// </summary>
internal abstract class TrainingTask
{
    /// <summary>Makes the task of a recipe. A new kind of model is a new class and a line here.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="corpus">What to learn from.</param>
    /// <param name="random">The source of the first weights and of all chance while training; saved with the state.</param>
    public static TrainingTask Create(Recipe recipe, Corpus corpus, RandomSource random) => recipe.Representation switch
    {
        TokenOptions => new TokenTask(recipe, corpus, random),
        RollOptions options => new RollTask(recipe, options, corpus, random),
        _ => throw new NotSupportedException($"There is no model of the representation '{recipe.Representation.Scheme}'."),
    };

    /// <summary>What is being trained.</summary>
    public abstract TrainedModel Model { get; }

    /// <summary>Tokens, or steps of a roll, to predict in one epoch.</summary>
    public abstract long StepsPerEpoch { get; }

    /// <summary>Changes with the training pieces as they are encoded: by it a saved state is known to fit.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The epoch and batch that <see cref="Forward"/> draws next. Set to go on from there.</summary>
    public abstract BatchPosition Position { get; set; }

    /// <summary>The number of batches in the epoch of <see cref="Position"/>.</summary>
    public abstract int BatchesInEpoch { get; }

    /// <summary>What is carried from batch to batch within an epoch: saved with the state. None by default.</summary>
    public virtual IEnumerable<Tensor> Memory => [];

    /// <summary>Whether the batch that <see cref="Forward"/> drew last was used up; else the next call goes on with it. Always, by default.</summary>
    public virtual bool IsBatchDone => true;

    /// <summary>Draws the next batch and computes its loss on the tape, or that of its next part; null once at the end of each epoch.</summary>
    /// <returns>What to minimize, and how many steps it was computed over. The gradients of a batch's parts are added up.</returns>
    public abstract (Tensor Loss, int Steps)? Forward(Tape tape, Tally tally);

    /// <summary>Called when an epoch is over, before it is measured.</summary>
    public virtual void EndEpoch()
    {
    }

    /// <summary>Called before the model is kept: finds what belongs to it beside the weights, draws what shows it.</summary>
    /// <param name="folder">The run folder, for pictures.</param>
    public virtual void Complete(string folder)
    {
    }

    /// <summary>Measures the network on the held-out pieces; an empty tally where there are none.</summary>
    public abstract Tally MeasureHeldOut();
}
