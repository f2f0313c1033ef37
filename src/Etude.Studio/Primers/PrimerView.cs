using System.Text.Json.Serialization;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Studio.Compositions;

namespace Etude.Studio.Primers;

/// <summary>A file that a visitor brought, as the page shows it.</summary>
/// <param name="Id">What a composition names it by.</param>
/// <param name="Name">The file's own name.</param>
/// <param name="NoteCount">Notes that a piano could play.</param>
/// <param name="Seconds">Where the last note ends.</param>
/// <param name="Repairs">What was wrong with the file and mended, a sentence each.</param>
/// <param name="Score">The music.</param>
internal sealed record PrimerView(string Id, string Name, int NoteCount, double Seconds, IReadOnlyList<string> Repairs, WireScore Score)
{
    [JsonIgnore]
    public Score Music { get; private init; } = new();

    public static PrimerView From(string id, string name, MidiReading reading)
    {
        WireScore wire = WireScore.From(reading.Score);
        return new PrimerView(id, name, wire.Notes.Length / 4, new TempoMap(reading.Score).ToSeconds(reading.Score.End).Value,
            [.. reading.Repairs.Select(repair => repair.ToString())], wire)
        { Music = reading.Score };
    }
}
