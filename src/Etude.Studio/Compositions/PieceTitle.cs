using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Studio.Compositions;

/// <summary>Names a piece as an album would: by its tempo and its key. "Andante in G minor".</summary>
internal static class PieceTitle
{
    // Upper bounds in quarter notes a minute, as metronomes print them.
    private static readonly (double Below, string Word)[] TempoWords =
        [(60, "Largo"), (72, "Adagio"), (92, "Andante"), (112, "Moderato"), (150, "Allegro"), (double.MaxValue, "Presto")];

    public static string Of(Score score, Tick from)
    {
        Tempo tempo = score.Tempos.Last(candidate => candidate.Onset.Value <= from.Value);
        string word = TempoWords.First(candidate => tempo.QuartersPerMinute < candidate.Below).Word;
        Score composed = Score.Piano(score.NotesInOrder().Where(note => note.Onset.Value >= from.Value), score.TicksPerQuarter);
        return KeyFinder.Find(composed) is { Correlation: > 0.5 } found ? $"{word} in {InPrint(found.Key.ToString())}" : word;
    }

    // "Eb major" as it is printed.
    private static string InPrint(string key) => key[1] switch
    {
        'b' => $"{key[0]}♭{key[2..]}",
        '#' => $"{key[0]}♯{key[2..]}",
        _ => key,
    };
}
