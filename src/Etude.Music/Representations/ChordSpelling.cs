using System.Text.Json.Serialization;

namespace Etude.Music.Representations;

/// <summary>How a chord is named, and so what of it is kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChordSpelling>))]
public enum ChordSpelling
{
    /// <summary>
    /// By its pitch classes in normal order, "4.7.0"; octaves are not kept. The normal order is the rotation of the
    /// ascending pitch classes with the smallest span from first to last; then from first to last but one, and so on;
    /// then the one that begins lowest.
    /// </summary>
    [JsonStringEnumMemberName("normal-order")]
    NormalOrder,

    /// <summary>By the names of its notes from low to high, "E4+G4+C5".</summary>
    [JsonStringEnumMemberName("pitches")]
    Pitches,
}
