using System.Globalization;
using System.Text;
using System.Xml;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>
/// Writes a score as piano music on two staves, to be read at the instrument: MusicXML 4.0, partwise. Notes are put on
/// the nearest writable rhythm (straight to the 64th, and triplets, quintuplets, sextuplets and septuplets of a beat),
/// so a played performance becomes readable where its beat is the score's beat.
/// </summary>
public static class MusicXml
{
    /// <summary>
    /// The whole score. Two piano parts become the two staves; anything else is divided between the hands. Every
    /// note keeps its pitch and its onset, on the grid (strokes of one key closer than a 64th may become one); a length
    /// may be shortened where a staff would need a third voice. Drum parts are left out. The key is the score's own, or
    /// found where it has none. Time grows with the notes.
    /// </summary>
    /// <param name="score">A valid score.</param>
    /// <param name="options">Title and the like; defaults where null.</param>
    /// <returns>The document, with its XML declaration.</returns>
    /// <exception cref="ArgumentException">The score has more than 20,000 bars.</exception>
    public static string Write(Score score, MusicXmlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(score);
        var piece = MusicXmlPiece.Of(score);
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n" }))
        {
            new MusicXmlWriter(xml, piece, options ?? new MusicXmlOptions()).Write();
        }
        return text.ToString();
    }

    /// <summary>Writes the score to a file by way of a temporary one beside it; see <see cref="Write(Score, MusicXmlOptions?)"/>.</summary>
    /// <param name="score">A valid score.</param>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="options">Title and the like; defaults where null.</param>
    public static void Write(Score score, string path, MusicXmlOptions? options = null)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, Write(score, options));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A string writer that says what the file will be.
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
