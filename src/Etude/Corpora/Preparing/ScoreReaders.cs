using Etude.Music.Midi;
using Etude.Music.Notation;
using Etude.Music.Scores;

namespace Etude.Corpora.Preparing;

/// <summary>Which files hold music, by their extension, and how each kind is read.</summary>
internal static class ScoreReaders
{
    private static readonly Dictionary<string, Func<string, (Score Score, int Repairs)>> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mid"] = ReadMidi,
        [".midi"] = ReadMidi,
        [".kar"] = ReadMidi,
        [".rmi"] = ReadMidi,
        [".smf"] = ReadMidi,
        [".abc"] = ReadAbc,
    };

    public static bool Knows(string path) => ByExtension.ContainsKey(Path.GetExtension(path));

    /// <exception cref="FormatException">The file is no music of its kind.</exception>
    public static (Score Score, int Repairs) Read(string path) => ByExtension[Path.GetExtension(path)](path);

    public static string Extensions => string.Join(", ", ByExtension.Keys);

    private static (Score Score, int Repairs) ReadMidi(string path)
    {
        MidiReading reading = MidiFile.Read(path);
        return (reading.Score, reading.Repairs.Sum(repair => repair.Count));
    }

    private static (Score Score, int Repairs) ReadAbc(string path)
    {
        AbcReading reading = Abc.Read(File.ReadAllText(path), path);
        return (reading.Score, reading.Remarks.Length);
    }
}
