using Etude.Music.Midi;

namespace Etude.Benchmarks.Comparisons;

/// <summary>Bytes in memory to a score, over the files of a folder that the peer can read.</summary>
internal sealed class MidiParsing : IComparisonTask
{
    private readonly string folder, list = Path.GetTempFileName();
    private byte[][] files = [];

    public MidiParsing(string folder) => this.folder = folder;

    public string Name => "midi-parse";

    public string Title => "MIDI parsing, MB/s";

    public string[] Peer => ["speed_mido.py", folder, list];

    public double Measure()
    {
        if (files.Length == 0) files = [.. File.ReadLines(list).Select(File.ReadAllBytes)];
        return Measurement.Rate(files.Sum(bytes => bytes.Length) / 1e6, () =>
        {
            foreach (byte[] bytes in files) MidiFile.Read(bytes);
        });
    }

    public void Dispose() => File.Delete(list);
}
