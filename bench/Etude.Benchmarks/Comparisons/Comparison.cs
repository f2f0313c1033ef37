using System.Globalization;
using System.Reflection;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks.Comparisons;

/// <summary>
/// Whole tasks beside other programs. The two take turns, and the medians of the turns count, so that what else the
/// machine does in the meantime falls on both. Each task gives one line: title, ours, the peer's, ratio (higher is better);
/// lines that begin with # explain.
/// </summary>
internal static class Comparison
{
    public static int Run(string[] options)
    {
        int rounds = 5;
        string? midi = null;
        var wanted = new List<string>();
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i] == "--rounds" && i + 1 < options.Length) rounds = int.Parse(options[++i], CultureInfo.InvariantCulture);
            else if (options[i] == "--midi" && i + 1 < options.Length) midi = options[++i];
            else wanted.Add(options[i]);
        }

        List<Func<IComparisonTask>> all =
        [
            () => new MatrixProduct(), () => new LstmTraining(), () => new LstmGeneration(),
            () => new DecoderTraining(), () => new DecoderGeneration(rounded: false), () => new DecoderGeneration(rounded: true),
        ];
        if (midi is not null) all.Add(() => new MidiParsing(midi));
        Write($"# threads\t{Workers.Count}\tvector width\t{32 * Kernel.Width} bits\t.NET\t{Environment.Version}");
        Write($"# commit\t{Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}");
        var limits = MachineLimits.Measure();
        Write($"# multiply-add peak, GFLOP/s\tone thread {limits.OneThread:F0}\tall threads {limits.AllThreads:F0}");
        Write($"# read bandwidth over {LanguageNetwork.WeightCount * 4 / 1e6:F0} MB, GB/s\t{limits.Read:F0}");
        foreach (var make in all)
        {
            using var task = make();
            if (wanted.Count == 0 || wanted.Contains(task.Name)) Compare(task, rounds, limits);
        }
        return 0;
    }

    private static void Compare(IComparisonTask task, int rounds, MachineLimits limits)
    {
        using var peer = new PeerProcess(task.Peer);
        double[] ours = new double[rounds], theirs = new double[rounds];
        peer.Measure(task.Name);
        task.Measure();
        for (int round = 0; round < rounds; round++)
        {
            ours[round] = task.Measure();
            theirs[round] = peer.Measure(task.Name);
        }

        double median = Measurement.Median(ours);
        double ratio = Measurement.Median(ours.Zip(theirs, (our, their) => our / their));
        Write($"{task.Title}\t{median:G4}\t{Measurement.Median(theirs):G4}\t{ratio:F2}");
        Write($"# \tours {ours.Min():G4} to {ours.Max():G4}\tpeer {theirs.Min():G4} to {theirs.Max():G4}\t{peer.Version}");
        if (task.Share(median, limits) is { } share) Write($"# \t{share}");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
