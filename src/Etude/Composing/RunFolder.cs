namespace Etude.Composing;

/// <summary>Finds the models of a run, and what goes with them.</summary>
public static class RunFolder
{
    /// <summary>The folder of a run that holds its kept models.</summary>
    public const string Models = "models";

    /// <summary>The name of the kept model with the lowest held-out loss.</summary>
    public const string Best = "best";

    /// <summary>The name of the model as the state was last saved, perhaps amid an epoch.</summary>
    public const string Last = "last";

    /// <summary>The model folder meant by a path: itself, or of a run the best model, else the last one kept.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither a model folder nor a run with a kept model.</exception>
    public static string FindModel(string folder)
    {
        if (File.Exists(Path.Combine(folder, "model.safetensors"))) return folder;
        string models = Path.Combine(folder, Models);
        string best = Path.Combine(models, Best);
        if (Directory.Exists(best)) return best;
        string? last = Directory.Exists(models) ? Directory.GetDirectories(models).Order(StringComparer.Ordinal).LastOrDefault() : null;
        return last ?? throw new DirectoryNotFoundException(
            $"{folder} holds no model. Name a model folder (with model.safetensors) or a run that has kept one; 'etude train' makes runs.");
    }

    /// <summary>A file that goes with a model: in its folder, else in that of its run, where what all models of a run share lies; null where it is in neither.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="file">The file's name.</param>
    public static string? FindBeside(string model, string file) =>
        new[] { model, Path.Combine(model, "..", "..") }.Select(place => Path.Combine(place, file)).FirstOrDefault(File.Exists);
}
