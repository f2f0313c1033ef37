namespace Etude.Benchmarks.Comparisons;

/// <summary>A whole task that another program does too.</summary>
internal interface IComparisonTask : IDisposable
{
    /// <summary>What is asked for on the command line and of the peer.</summary>
    string Name { get; }

    /// <summary>What it is and in what unit it counts; higher is better.</summary>
    string Title { get; }

    /// <summary>The file in bench/peers that does the same, and its arguments.</summary>
    string[] Peer { get; }

    /// <summary>Does the task for about a second.</summary>
    double Measure();

    /// <summary>A line on how near the machine's limits a figure comes; null where nothing is to say.</summary>
    string? Share(double measured, MachineLimits limits) => null;
}
