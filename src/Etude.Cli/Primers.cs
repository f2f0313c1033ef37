using Etude.Composing;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Cli;

/// <summary>Finds the music that a piece is to continue.</summary>
internal static class Primers
{
    private const int CorpusBars = 4;

    /// <summary>The primer that the options name; null for none.</summary>
    public static Score? Find(string? primer, int? bars, string? modelFolder, ulong seed)
    {
        if (primer is null) return null;
        if (primer is not ("corpus" or "held-out"))
        {
            Score score = MidiFile.Read(primer).Score;
            return bars is { } count ? FirstBars(score, count) : score;
        }
        string run = RunOf(modelFolder ?? throw new ArgumentException($"--primer {primer} needs --model with a run: the built-in model keeps no corpus."));
        CorpusList corpus = CorpusList.Read(run);
        var random = new Random((int)(seed % int.MaxValue));
        IReadOnlyList<string> pieces = primer == "corpus" ? corpus.Training : corpus.Validation;
        if (pieces.Count == 0) throw new ArgumentException($"--primer {primer}: the run has no such pieces.");
        Score piece = MidiFile.Read(Path.Combine(corpus.Folder, pieces[random.Next(pieces.Count)])).Score;
        var map = new BarMap(piece);
        int taken = bars ?? CorpusBars, last = map.At(piece.End).Number;
        int from = random.Next(map.FirstNumber, Math.Max(map.FirstNumber, last - taken) + 1);
        return piece.SliceBars(from, from + taken - 1);
    }

    private static Score FirstBars(Score score, int count)
    {
        if (count < 1) throw new ArgumentException("--primer-bars must be 1 or more.");
        int first = new BarMap(score).FirstNumber;
        return score.SliceBars(first, first + count - 1);
    }

    private static string RunOf(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, CorpusList.FileName))) return at.FullName;
        }
        throw new DirectoryNotFoundException($"{folder} is not part of a run: there is no {CorpusList.FileName} to choose a passage from.");
    }
}
