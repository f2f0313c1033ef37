using System.Diagnostics;
using Etude.Training;

namespace Etude.Cli;

/// <summary>
/// Shows a training on standard error: on a terminal one line that is written over, and a line that stays for each epoch;
/// elsewhere a line every half minute and for each epoch.
/// </summary>
internal sealed class TrainingDisplay(int epochs) : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(30);
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private int _shown;
    private long _logged = Stopwatch.GetTimestamp();

    public void Report(TrainingProgress value)
    {
        if (value.Finished is { } epoch)
        {
            string heldOut = double.IsNaN(epoch.ValidationLoss)
                ? ""
                : FormattableString.Invariant($"  held out {epoch.ValidationLoss:F4} {epoch.ValidationAccuracy:P1}");
            if (epoch.Figures.TryGetValue("validation_bits_per_note", out double bits)) heldOut += FormattableString.Invariant($" {bits:F3} bits a note");
            Over(FormattableString.Invariant(
                $"epoch {epoch.Epoch,4}/{epochs}  loss {epoch.TrainLoss:F4}  accuracy {epoch.TrainAccuracy:P1}{heldOut}  {epoch.TokensPerSecond:N0} tokens/s  {value.TimeLeft:h\\:mm\\:ss} left"));
            if (_isTerminal) Console.Error.WriteLine();
            _shown = 0;
        }
        else if (_isTerminal || Stopwatch.GetElapsedTime(_logged) > LogInterval)
        {
            _logged = Stopwatch.GetTimestamp();
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
        if (!_isTerminal)
        {
            Console.Error.WriteLine(line);
            return;
        }
        Console.Error.Write("\r" + line.PadRight(_shown));
        _shown = line.Length;
    }
}
