using Etude.Music.Midi;
using Etude.Music.Sound;
using Etude.Studio.Hosting;

namespace Etude.Studio.Sound;

/// <summary>The piano's sound font, and pieces rendered with it. One rendering at a time: it is heavy work.</summary>
internal sealed class SoundRoom : IDisposable
{
    private const int RenderingsKept = 20;

    private readonly SemaphoreSlim turn = new(1);
    private readonly string cache;
    private readonly Lazy<string> font;
    private readonly Lazy<SoundFont> instruments;

    /// <exception cref="FileNotFoundException">The sound font that was asked for is not there.</exception>
    public SoundRoom(StudioOptions options)
    {
        cache = Path.Combine(options.Data, "cache");
        Directory.CreateDirectory(cache);
        SoundFontLocation location = SoundFonts.Locate(options.SoundFont);
        Description = location.Reason;
        font = new Lazy<string>(() => location.Path ?? SoundFonts.BuiltIn(cache));
        instruments = new Lazy<SoundFont>(() => SoundFont.Read(font.Value));
    }

    /// <summary>Which font it is and why, in words.</summary>
    public string Description { get; }

    /// <summary>The file of the font; Etude's own is built at the first call.</summary>
    public string FontPath => font.Value;

    /// <summary>The WAV file of a MIDI file, rendered at the first call and kept for a while.</summary>
    public async Task<string> RenderAsync(string midi, CancellationToken cancellation)
    {
        string path = Path.Combine(cache, Path.GetFileNameWithoutExtension(midi) + ".wav");
        if (File.Exists(path)) return path;
        if (!await turn.WaitAsync(TimeSpan.FromMinutes(1), cancellation))
            throw new StudioFault(StatusCodes.Status503ServiceUnavailable, "Busy", "Other pieces are being rendered. Please try again in a minute.") { RetryAfterSeconds = 60 };
        try
        {
            if (!File.Exists(path)) await Task.Run(() => Render(midi, path, cancellation), cancellation);
            return path;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private void Render(string midi, string path, CancellationToken cancellation)
    {
        StereoAudio audio = Renderer.Render(MidiFile.Read(midi).Score, instruments.Value, cancellation: cancellation);
        string temporary = path + ".tmp";
        Wav.Write(temporary, audio);
        File.Move(temporary, path, overwrite: true);
        foreach (FileInfo old in new DirectoryInfo(cache).EnumerateFiles("*.wav").OrderByDescending(file => file.LastWriteTimeUtc).Skip(RenderingsKept)) old.Delete();
    }
}
