using Etude.Music.Scores;
using Etude.Tests.Evaluation.Originality;

namespace Etude.Tests.Corpora;

/// <summary>Pieces that differ from one another, by number.</summary>
internal static class SomeScores
{
    public static Score Piece(int number, int notes = 200) => RandomPieces.Piece(number, notes);

    public static IEnumerable<(string Name, Score Score)> Pieces(int count) =>
        Enumerable.Range(0, count).Select(number => ($"piece-{number:000}.mid", Piece(number)));

    public static Score WithMeters(this Score score, params (int Quarter, int Numerator, int Denominator)[] meters) => score with
    {
        Meters = [.. meters.Select(meter => new Meter(new Tick(meter.Quarter * score.TicksPerQuarter), meter.Numerator, meter.Denominator))],
    };

    public static Score WithTempos(this Score score, params (int Quarter, double QuartersPerMinute)[] tempos) => score with
    {
        Tempos = [.. tempos.Select(tempo => Tempo.FromQuartersPerMinute(new Tick(tempo.Quarter * score.TicksPerQuarter), tempo.QuartersPerMinute))],
    };

    /// <summary>So many quarter notes in a row, C4.</summary>
    public static Score Quarters(int count, byte pitch = 60) =>
        Score.Piano(Enumerable.Range(0, count).Select(quarter => new Note(new Tick(480 * quarter), new Tick(480), pitch, 64)));
}
