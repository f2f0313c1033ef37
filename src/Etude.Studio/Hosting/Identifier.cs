using System.Security.Cryptography;

namespace Etude.Studio.Hosting;

/// <summary>Names that cannot be guessed: 128 random bits as 32 hexadecimal digits.</summary>
internal static class Identifier
{
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Whether a text has the form of an identifier, and so may be part of a file name.</summary>
    public static bool IsValid(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}
