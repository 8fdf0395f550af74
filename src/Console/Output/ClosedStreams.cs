using System.Globalization;

namespace LlmRabbitHoles.CommandLine;

/// <summary>
/// A standard stream that the caller closed (<c>2&gt;&amp;-</c>, <c>&lt;&amp;-</c>) is given to the next file that the process opens: the
/// runtime's own pipes. Writing there throws, reading there never ends. Such a stream is replaced by one that takes everything, or that has
/// ended.
/// </summary>
internal static class ClosedStreams
{
    private const int AccessMask = 3, ReadOnly = 0, WriteOnly = 1;

    /// <summary>Looks at the three streams once, before anything is read or written.</summary>
    public static void Mend()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (IsClosed(0)) System.Console.SetIn(TextReader.Null);
        if (IsClosed(1)) System.Console.SetOut(TextWriter.Null);
        if (IsClosed(2)) System.Console.SetError(TextWriter.Null);
    }

    private static bool IsClosed(int stream)
    {
        try
        {
            if (TargetOf($"/proc/self/fd/{stream}") is not { } target) return true;
            if (target.StartsWith("anon_inode:", StringComparison.Ordinal)) return true;
            if (AccessOf(stream) == (stream == 0 ? WriteOnly : ReadOnly)) return true;
            return target.StartsWith("pipe:", StringComparison.Ordinal) && HoldsOtherEnd(stream, target);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A pipe that came from outside has its other end outside.
    private static bool HoldsOtherEnd(int stream, string pipe) => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Select(path => (Path: path, Number: int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)))
        .Any(other => other.Number > 2 && TargetOf(other.Path) == pipe && AccessOf(other.Number) == (stream == 0 ? WriteOnly : ReadOnly));

    private static string? TargetOf(string path) => new FileInfo(path).LinkTarget;

    // "flags:	0100001": octal, the last two bits say for what it is open.
    private static int? AccessOf(int number)
    {
        var path = $"/proc/self/fdinfo/{number}";
        if (!File.Exists(path)) return null;
        var flags = File.ReadLines(path).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is null ? null : Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & AccessMask;
    }
}
