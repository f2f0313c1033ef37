using System.Text.Json;
using Etude.Studio.Storage;

namespace Etude.Studio.Runs;

/// <summary>
/// What the studio wants of a run: the file studio.json in the run's folder, so that a restart takes up what was under
/// way. Runs made elsewhere have none.
/// </summary>
internal sealed record RunJob
{
    public const string FileName = "studio.json";

    /// <summary>The folder learned from.</summary>
    public required string Folder { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What to do with it: Waiting for one to be trained, else how it ended.</summary>
    public required RunState State { get; init; }

    public string? Fault { get; init; }

    public static RunJob? Read(string run)
    {
        string path = Path.Combine(run, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<RunJob>(File.ReadAllText(path), StudioJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(string run)
    {
        string path = Path.Combine(run, FileName);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(this, StudioJson.Options));
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
