using System.Collections.Immutable;
using System.Text.Json;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// One data set of the polyphonic benchmark (Boulanger-Lewandowski, Bengio and Vincent 2012, ICML) with its published split.
/// </summary>
/// <param name="Name">The set's name, from its file.</param>
/// <param name="Train">What a model may learn from.</param>
/// <param name="Valid">What its settings are chosen by.</param>
/// <param name="Test">What is reported, once.</param>
public sealed record FrameSet(
    string Name, ImmutableArray<FramePiece> Train, ImmutableArray<FramePiece> Valid, ImmutableArray<FramePiece> Test)
{
    /// <summary>
    /// The 49 of JSB's 77 test chorales whose soprano stands in no training chorale, by their number from 0. The other 28
    /// share a melody with training.
    /// </summary>
    public static ImmutableArray<int> CleanJsbChorales { get; } =
    [
        0, 3, 4, 5, 7, 8, 9, 10, 11, 14, 15, 17, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 33, 34, 35, 36, 40, 41, 42, 46, 47,
        49, 51, 52, 56, 57, 58, 61, 62, 63, 66, 67, 68, 69, 72, 73, 74, 75,
    ];

    /// <summary>The published sets: jsb, nottingham, piano-midi and musedata.</summary>
    public static ImmutableArray<string> Names { get; } = ["jsb", "nottingham", "piano-midi", "musedata"];

    /// <summary>Opens a published set by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where <c>jsb.json</c>, <c>nottingham.json</c>, <c>piano_midi_de.json</c> and <c>musedata.json</c> are.</param>
    /// <exception cref="ArgumentException">No set has that name.</exception>
    /// <exception cref="FileNotFoundException">The folder has not its file.</exception>
    public static FrameSet Open(string name, string folder)
    {
        if (!Names.Contains(name)) throw new ArgumentException($"No set of the benchmark is named \"{name}\": there are {string.Join(", ", Names)}.");
        string path = Path.Combine(folder, (name == "piano-midi" ? "piano_midi_de" : name) + ".json");
        return File.Exists(path)
            ? Read(path) with { Name = name }
            : throw new FileNotFoundException($"{path} is not there. Name the folder that holds the benchmark's JSON files (of etude evaluate: --sets).", path);
    }

    /// <summary>
    /// Reads a set from JSON: <c>{"train": [piece, ...], "valid": [...], "test": [...]}</c>, a piece a list of frames, a
    /// frame a list of MIDI pitches 21 to 108, perhaps empty.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has another form, or a pitch no piano has.</exception>
    public static FrameSet Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            ImmutableArray<FramePiece> Split(string name) => [.. document.RootElement.GetProperty(name).EnumerateArray().Select(Piece)];
            return new FrameSet(Path.GetFileNameWithoutExtension(path), Split("train"), Split("valid"), Split("test"));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"{path}: not a set of the polyphonic benchmark ({fault.Message}). Needed: an object of train, valid and test, each a list of pieces, each a list of frames, each a list of pitches 21 to 108.",
                fault);
        }
    }

    private static FramePiece Piece(JsonElement frames) => new([.. frames.EnumerateArray().Select(Frame)]);

    private static UInt128 Frame(JsonElement pitches)
    {
        UInt128 frame = 0;
        foreach (JsonElement element in pitches.EnumerateArray())
        {
            int key = element.GetInt32() - FramePiece.LowestPitch;
            if (key is < 0 or >= FramePiece.Keys) throw new FormatException($"pitch {element.GetInt32()} is outside 21 to 108");
            frame |= UInt128.One << key;
        }
        return frame;
    }
}
