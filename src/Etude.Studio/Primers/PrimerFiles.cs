using Etude.Music.Midi;
using Etude.Studio.Hosting;

namespace Etude.Studio.Primers;

/// <summary>Files that visitors brought, as they brought them: in the folder "primers", named by id and by their own name.</summary>
internal sealed class PrimerFiles
{
    private readonly string folder;
    private readonly StudioOptions options;

    public PrimerFiles(StudioOptions options)
    {
        this.options = options;
        folder = Path.Combine(options.Data, "primers");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Reads a file by its content, whatever its name, and keeps it.</summary>
    /// <exception cref="StudioFault">It is no MIDI file, has no notes, or too many.</exception>
    public PrimerView Add(byte[] bytes, string name)
    {
        string id = Identifier.New();
        string plain = FileName.Plain(name, "music");
        PrimerView view = View(id, plain, bytes);
        string path = Path.Combine(folder, $"{id} {plain}.mid");
        File.WriteAllBytes(path + ".tmp", bytes);
        File.Move(path + ".tmp", path);
        return view;
    }

    /// <summary>A primer of an id; null where there is none.</summary>
    public PrimerView? Find(string id)
    {
        if (!Identifier.IsValid(id)) return null;
        string? path = Directory.EnumerateFiles(folder, id + " *.mid").FirstOrDefault();
        return path is null ? null : View(id, Path.GetFileNameWithoutExtension(path)[(id.Length + 1)..], File.ReadAllBytes(path));
    }

    /// <summary>Throws away what was brought before a time.</summary>
    public void DeleteBefore(DateTimeOffset time)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.mid"))
        {
            if (File.GetLastWriteTimeUtc(path) < time.UtcDateTime) File.Delete(path);
        }
    }

    private PrimerView View(string id, string name, byte[] bytes)
    {
        MidiReading reading;
        try
        {
            reading = MidiFile.Read(bytes, name: name);
        }
        catch (MidiFormatException fault)
        {
            throw StudioFault.Unreadable(fault.Message);
        }
        int notes = reading.Score.Tracks.Where(track => !track.IsDrums).Sum(track => track.Notes.Length);
        if (notes == 0) throw StudioFault.Unreadable($"{name} has no notes that a piano could play.");
        if (notes > options.Notes)
            throw StudioFault.Unreadable(FormattableString.Invariant($"{name} has {notes:N0} notes; this studio takes up to {options.Notes:N0}."));
        return PrimerView.From(id, name, reading);
    }
}
