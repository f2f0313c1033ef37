using System.Text.Json;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Reads the fields of a piece that tests ask for often.</summary>
internal static class PieceJson
{
    public static string Id(this JsonElement piece) => piece.GetProperty("id").GetString()!;

    public static string State(this JsonElement piece) => piece.GetProperty("state").GetString()!;
}
