using System.Globalization;

namespace Etude.Training;

/// <summary>The file <c>metrics.csv</c> of a run: a line an epoch, invariant culture.</summary>
public static class MetricsLog
{
    /// <summary>Its name in the run folder.</summary>
    public const string FileName = "metrics.csv";

    private const string Header =
        "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,tokens_per_second,seconds";
    private const int Columns = 8;

    /// <summary>The epochs logged in a run folder; none where there is no log.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names the file and the line.</exception>
    public static IReadOnlyList<EpochResult> Read(string runFolder)
    {
        string path = Path.Combine(runFolder, FileName);
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        string[] further = lines.Length == 0 ? [] : lines[0].Split(',')[Columns..];
        return [.. lines.Index().Skip(1).Select(line => Parse(line.Item, further, path, line.Index + 1))];
    }

    /// <summary>Writes the whole log. What a kind of model measures further stands in columns after the usual ones.</summary>
    public static void Write(string runFolder, IReadOnlyList<EpochResult> epochs)
    {
        string[] further = [.. epochs.SelectMany(epoch => epoch.Figures.Keys).Distinct()];
        Recipes.AtomicFile.WriteText(
            Path.Combine(runFolder, FileName),
            string.Join('\n', epochs.Select(epoch => Format(epoch, further)).Prepend(string.Join(',', further.Prepend(Header)))) + "\n");
    }

    private static string Format(EpochResult epoch, string[] further) => string.Create(CultureInfo.InvariantCulture,
        $"{epoch.Epoch},{epoch.TrainLoss:R},{epoch.TrainAccuracy:R},{epoch.ValidationLoss:R},{epoch.ValidationAccuracy:R},{epoch.LearningRate:R},{epoch.TokensPerSecond:F0},{epoch.Seconds:F1}")
        + string.Concat(further.Select(name => "," + epoch.Figures.GetValueOrDefault(name, double.NaN).ToString("R", CultureInfo.InvariantCulture)));

    private static EpochResult Parse(string line, string[] further, string path, int number)
    {
        string[] cells = line.Split(',');
        var values = new double[Columns + further.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (cells.Length != values.Length || !double.TryParse(cells[i], CultureInfo.InvariantCulture, out values[i]))
            {
                throw new FormatException($"{path}, line {number}: expected {values.Length} numbers, as the first line names them.");
            }
        }
        return new EpochResult((int)values[0], values[1], values[2], values[3], values[4], (float)values[5], values[6], values[7])
        {
            Figures = further.Index().ToDictionary(name => name.Item, name => values[Columns + name.Index]),
        };
    }
}
