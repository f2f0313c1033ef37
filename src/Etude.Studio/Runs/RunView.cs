using Etude.Training;

namespace Etude.Studio.Runs;

/// <summary>A run as the page shows it.</summary>
/// <param name="Name">Its name, and its model's.</param>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CanGoOn">Whether it can be resumed here.</param>
/// <param name="EpochsWanted">How many passes it is to make.</param>
/// <param name="Epochs">The passes made.</param>
/// <param name="Now">How far the one under way is.</param>
/// <param name="Models">The kept models: "best", and epochs.</param>
/// <param name="Fault">Why it failed, in a sentence.</param>
internal sealed record RunView(
    string Name, string Recipe, RunState State, bool CanGoOn, int EpochsWanted, IReadOnlyList<RunView.Epoch> Epochs, RunView.Progress? Now,
    IReadOnlyList<string> Models, string? Fault)
{
    /// <summary>One pass; the losses in nats a token, null where nothing is held out.</summary>
    internal sealed record Epoch(int Number, double? TrainLoss, double? HeldOutLoss, double? HeldOutAccuracy, double Seconds)
    {
        public static Epoch From(EpochResult result) =>
            new(result.Epoch, Finite(result.TrainLoss), Finite(result.ValidationLoss), Finite(result.ValidationAccuracy), result.Seconds);

        private static double? Finite(double value) => double.IsFinite(value) ? value : null;
    }

    /// <summary>The pass under way.</summary>
    internal sealed record Progress(int Epoch, double Share, double? Loss, double TokensPerSecond, double SecondsLeft)
    {
        public static Progress From(TrainingProgress progress) => new(
            progress.Epoch, (double)progress.Batch / Math.Max(1, progress.Batches), double.IsFinite(progress.Loss) ? progress.Loss : null, progress.TokensPerSecond, progress.TimeLeft.TotalSeconds);
    }
}
