namespace Etude.Neural.Checkpoints;

/// <summary>A safetensors file is malformed, or does not hold what was asked of it.</summary>
public sealed class SafetensorsException : IOException
{
    /// <summary>Names the file and the fault.</summary>
    public SafetensorsException(string path, string fault, Exception? inner = null) : base($"{path}: {fault}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
