using System.Runtime.InteropServices;
using System.Text;

namespace LlmRabbitHoles.Reading;

/// <summary>
/// Where a file that is written aside and then renamed into place really belongs. Renaming over a link would replace the link, and over a
/// device, as root, the device itself: /dev/full would be a file from then on.
/// </summary>
public static class OutputFile
{
    private const int KindMask = 0xF000, Regular = 0x8000;

    /// <summary>The file itself: a link is followed to its end, which need not exist yet.</summary>
    /// <param name="path">What was asked for.</param>
    /// <returns>A full path that is free or a regular file's.</returns>
    /// <exception cref="IOException">There is a folder, a device, a pipe or a socket, or links in a circle.</exception>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = FollowLinks(path);
        if (Directory.Exists(full))
            throw new IOException($"'{Shortened.Of(path, 300)}' is a folder; a file is to be written there. Name a file in it.");
        if (KindOf(full) is { } kind && kind != Regular)
            throw new IOException($"'{Shortened.Of(path, 300)}' is {NameOf(kind)}, not a file, and is left as it is. Name a file.");
        return full;
    }

    /// <summary>The folder itself: a link is followed to its end, which need not exist yet.</summary>
    /// <param name="path">What was asked for.</param>
    /// <returns>A full path that is free or a folder's.</returns>
    /// <exception cref="IOException">There is something else, or links in a circle.</exception>
    public static string ResolveFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.TrimEndingDirectorySeparator(FollowLinks(Path.TrimEndingDirectorySeparator(path)));
        if (!Directory.Exists(full) && (File.Exists(full) || KindOf(full) is not null))
            throw new IOException($"'{Shortened.Of(path, 300)}' is " +
                $"{(KindOf(full) is { } kind and not Regular ? NameOf(kind) : "a file")}; a folder is to be written there. Name a folder.");
        return full;
    }

    private static string FollowLinks(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; new FileInfo(full).LinkTarget is { } target; links++)
        {
            if (links == 40) throw new IOException($"'{Shortened.Of(path, 300)}' is a link that leads in a circle. Name a file.");
            full = Path.GetFullPath(target, Path.GetDirectoryName(full) ?? "/");
        }

        return full;
    }

    private static string NameOf(int kind) => kind switch
    {
        0x1000 => "a named pipe",
        0x2000 or 0x6000 => "a device",
        0xC000 => "a socket",
        _ => "something else",
    };

    // .NET tells files and folders apart and nothing else, so its own native library is asked. Its first eight bytes are flags and mode.
    private static int? KindOf(string full)
    {
        if (OperatingSystem.IsWindows()) return null;
        var status = new byte[512];
        return Stat([.. Encoding.UTF8.GetBytes(full), 0], status) == 0 ? BitConverter.ToInt32(status, 4) & KindMask : null;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, [Out] byte[] status);
}
