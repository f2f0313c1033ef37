using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Music.Representations;

/// <summary>
/// Which representation, and with what settings: a line of a recipe. In JSON an object whose "scheme" names the scheme
/// and whose other members are its settings, left out where they are the default:
/// <c>{"scheme": "note-duration", "grid": "12 per quarter"}</c>.
/// </summary>
/// <remarks>A new scheme is a new file with its options, and a line here.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "scheme")]
[JsonDerivedType(typeof(NoteDurationOptions), NoteDurationOptions.Name)]
[JsonDerivedType(typeof(NotesChordsOptions), NotesChordsOptions.Name)]
[JsonDerivedType(typeof(GridChordsOptions), GridChordsOptions.Name)]
[JsonDerivedType(typeof(MonophonicOptions), MonophonicOptions.Name)]
[JsonDerivedType(typeof(PerformanceOptions), PerformanceOptions.Name)]
[JsonDerivedType(typeof(BarsOptions), BarsOptions.Name)]
[JsonDerivedType(typeof(SheetOptions), SheetOptions.Name)]
[JsonDerivedType(typeof(StartsContinuesOptions), StartsContinuesOptions.Name)]
[JsonDerivedType(typeof(KeyRollOptions), KeyRollOptions.Name)]
public abstract record RepresentationOptions
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        AllowOutOfOrderMetadataProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly JsonDerivedTypeAttribute[] Listing =
        [.. typeof(RepresentationOptions).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)];

    private protected RepresentationOptions()
    {
    }

    /// <summary>The names of all schemes, in the order of their listing.</summary>
    public static IReadOnlyList<string> Schemes => [.. Listing.Select(listed => (string)listed.TypeDiscriminator!)];

    /// <summary>The name of the scheme.</summary>
    [JsonIgnore]
    public string Scheme => (string)Listing.First(listed => listed.DerivedType == GetType()).TypeDiscriminator!;

    /// <summary>The default settings of a scheme.</summary>
    /// <exception cref="FormatException">There is no such scheme; the message lists them.</exception>
    public static RepresentationOptions Default(string scheme) => FromJson(JsonSerializer.Serialize(new { scheme }));

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="FormatException">Not such JSON, an unknown scheme or an unknown setting; the message lists the schemes.</exception>
    public static RepresentationOptions FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RepresentationOptions>(json, Layout)
                ?? throw new FormatException("A representation is missing: write {\"scheme\": \"...\"}.");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new FormatException(
                $"No representation can be read from {json.ReplaceLineEndings(" ")}: {fault.Message} The schemes are {string.Join(", ", Schemes)}.", fault);
        }
    }

    /// <summary>All settings as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Layout);

    private protected static void Require(bool holds, FormattableString fault)
    {
        if (!holds) throw new ArgumentException(FormattableString.Invariant(fault) + ".");
    }

    private protected static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
