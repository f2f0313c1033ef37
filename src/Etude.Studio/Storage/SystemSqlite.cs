using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Etude.Studio.Storage;

/// <summary>
/// Leads the managed SQLite binding to the operating system's own library, so that Etude carries no native file
/// (docs/decisions/studio-database.md).
/// </summary>
internal static class SystemSqlite
{
    // The version in the name is the stable binary interface of SQLite 3; the bare name needs a development package.
    private static readonly string[] Names =
        OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll", "e_sqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib", "libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Whether this machine has a SQLite library; the first call loads it.</summary>
    public static bool IsAvailable => Loaded.Value;

    public static bool TryLoad(IEnumerable<string> names, out nint library)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out library)) return true;
        }
        library = 0;
        return false;
    }

    private static bool Load()
    {
        if (!TryLoad(Names, out nint library)) return false;
        Assembly binding = typeof(SQLite3Provider_e_sqlite3).Assembly;
        NativeLibrary.SetDllImportResolver(binding, (name, _, _) => name == "e_sqlite3" ? library : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }
}
