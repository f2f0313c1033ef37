using System.Diagnostics;

namespace Etude.Training;

/// <summary>Counts tokens and time while training.</summary>
internal sealed class Clock
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(2);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _epochStarted = Stopwatch.GetTimestamp();
    private TimeSpan _epochProcessor = Environment.CpuUsage.TotalTime;
    private long _reported;
    private long _saved = Stopwatch.GetTimestamp();
    private long _tokens;
    private long _epochTokens;

    public double TokensPerSecond => _tokens / Math.Max(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1e-9);

    public double EpochTokensPerSecond => _epochTokens / Math.Max(Stopwatch.GetElapsedTime(_epochStarted).TotalSeconds, 1e-9);

    /// <summary>What this process took of all cores since the epoch began.</summary>
    public double EpochProcessorSeconds => (Environment.CpuUsage.TotalTime - _epochProcessor).TotalSeconds;

    public void Count(int tokens)
    {
        _tokens += tokens;
        _epochTokens += tokens;
    }

    public bool IsReportDue()
    {
        if (Stopwatch.GetElapsedTime(_reported) < ReportInterval) return false;
        _reported = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Whether so much time has passed that a killed process would lose too much.</summary>
    public bool IsSaveDue()
    {
        if (Stopwatch.GetElapsedTime(_saved) < SaveInterval) return false;
        _saved = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Seconds since the last call; begins the next epoch.</summary>
    public double EndEpoch()
    {
        double seconds = Stopwatch.GetElapsedTime(_epochStarted).TotalSeconds;
        _epochStarted = Stopwatch.GetTimestamp();
        _epochProcessor = Environment.CpuUsage.TotalTime;
        _epochTokens = 0;
        return seconds;
    }
}
