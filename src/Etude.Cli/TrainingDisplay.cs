using Etude.Training;

namespace Etude.Cli;

/// <summary>
/// Shows a training on standard error: on a terminal one line that is written over, and a line that stays for each epoch;
/// elsewhere only the lines that stay.
/// </summary>
internal sealed class TrainingDisplay(int epochs) : IProgress<TrainingProgress>, IDisposable
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private int _shown;

    public void Report(TrainingProgress value)
    {
        if (value.Finished is { } epoch)
        {
            string heldOut = double.IsNaN(epoch.ValidationLoss)
                ? ""
                : FormattableString.Invariant($"  held out {epoch.ValidationLoss:F4} {epoch.ValidationAccuracy:P1}");
            Over(FormattableString.Invariant(
                $"epoch {epoch.Epoch,4}/{epochs}  loss {epoch.TrainLoss:F4}  accuracy {epoch.TrainAccuracy:P1}{heldOut}  {epoch.TokensPerSecond:N0} tokens/s  {value.TimeLeft:h\\:mm\\:ss} left"));
            Console.Error.WriteLine();
            _shown = 0;
        }
        else if (_isTerminal)
        {
            Over(FormattableString.Invariant(
                $"epoch {value.Epoch,4}/{epochs}  {100.0 * value.Batch / value.Batches,3:F0} %  loss {value.Loss:F4}  accuracy {value.Accuracy:P1}  {value.TokensPerSecond:N0} tokens/s  {value.TimeLeft:h\\:mm\\:ss} left"));
        }
    }

    public void Dispose()
    {
        if (_shown > 0) Console.Error.WriteLine();
    }

    private void Over(string line)
    {
        Console.Error.Write(_isTerminal ? "\r" + line.PadRight(_shown) : line);
        _shown = line.Length;
    }
}
