using System.Globalization;
using System.Runtime.InteropServices;

namespace LlmRabbitHoles.CommandLine;

/// <summary>How much memory some work needs at its peak, by the kernel's count of this process (Linux).</summary>
internal static class PeakMemory
{
    /// <summary>Runs work on a heap that was given back before, and measures what it adds.</summary>
    /// <returns>Bytes, in steps of 4096; null where the system does not count them.</returns>
    public static long? Of(Action work)
    {
        if (!OperatingSystem.IsLinux()) return Unknown(work);
        try
        {
            _ = TrimHeap(0);
            File.WriteAllText("/proc/self/clear_refs", "5");    // sets the peak to what is in use now
            var before = Read("VmRSS:");
            work();
            return Math.Max(0, Read("VmHWM:") - before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            return Unknown(work);
        }
    }

    private static long? Unknown(Action work)
    {
        work();
        return null;
    }

    private static long Read(string name) => 1024 * long.Parse(File.ReadLines("/proc/self/status")
        .First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal)
        .Trim(), CultureInfo.InvariantCulture);

    /// <summary>glibc keeps freed memory, in which the next work would hide.</summary>
    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nint pad);
}
