using System.Globalization;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Studio.Hosting;
using Etude.Studio.Storage;

namespace Etude.Studio.Compositions;

/// <summary>The MIDI files of the pieces: in the folder "pieces" of the data folder, under names that their owner can read.</summary>
internal sealed class PieceFiles
{
    private readonly string folder;

    public PieceFiles(StudioOptions options)
    {
        folder = Path.Combine(options.Data, "pieces");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes the file of a piece, whole or not at all, and tells its name.</summary>
    public string Write(Piece piece, Score score)
    {
        string when = piece.Created.ToLocalTime().ToString("yyyy-MM-dd HHmm", CultureInfo.InvariantCulture);
        string name = $"{when} {piece.Title.Replace('♯', '#').Replace('♭', 'b')} {piece.Id[..6]}.mid";
        MidiFile.Write(score, Path.Combine(folder, name));
        return name;
    }

    public Score Read(Piece piece) => MidiFile.Read(PathOf(piece)).Score;

    /// <exception cref="StudioFault">The piece is not done, or its file was taken away.</exception>
    public string PathOf(Piece piece)
    {
        if (piece.File is null) throw new StudioFault(StatusCodes.Status409Conflict, "Not ready", "This piece is not composed yet.");
        string path = Path.Combine(folder, piece.File);
        return File.Exists(path) ? path : throw StudioFault.NotFound("The file of this piece is no longer in the studio's folder.");
    }

    /// <summary>Whether the file of a finished piece is where it was put.</summary>
    public bool Has(Piece piece) => piece.File is not null && File.Exists(Path.Combine(folder, piece.File));

    public void Delete(Piece piece)
    {
        if (piece.File is not null) File.Delete(Path.Combine(folder, piece.File));
    }
}
