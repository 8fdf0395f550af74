using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LlmRabbitHoles.CommandLine.Doctor;

/// <summary>What the dynamic linker brought into this process: the truth about which libtorch computes.</summary>
internal static partial class LoadedLibraries
{
    /// <summary>The file of the first library with one of these names.</summary>
    /// <exception cref="WorkFailedException">None of them is loaded.</exception>
    public static string Path(params string[] names) =>
        Files().FirstOrDefault(file => names.Any(name => System.IO.Path.GetFileName(file).Contains(name, StringComparison.Ordinal)))
        ?? throw new WorkFailedException($"no library named {string.Join(" or ", names)} was loaded");

    /// <summary>The version that libtorch's own headers or file names state, and where it lies.</summary>
    public static string LibtorchVersion()
    {
        var path = Path("libtorch_cpu");
        var version = FromFileName(path) ?? FromVersionFile(path) ?? "version unknown";
        return $"{version}, {path}";
    }

    /// <summary>The processor's own name.</summary>
    public static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown"
        : "unknown";

    private static IEnumerable<string> Files()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
    }

    // Debian: libtorch_cpu.so.1.13
    private static string? FromFileName(string path) => VersionInName().Match(System.IO.Path.GetFileName(path)) is { Success: true } match ? match.Groups[1].Value : null;

    // Python's torch: lib/libtorch_cpu.so beside version.py; a package from NuGet: .../libtorch-cpu-linux-x64/2.10.0/runtimes/...
    private static string? FromVersionFile(string path)
    {
        var script = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "..", "version.py");
        if (!File.Exists(script)) return null;
        return VersionInScript().Match(File.ReadAllText(script)) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"\.so\.([0-9.]+)$")]
    private static partial Regex VersionInName();

    [GeneratedRegex("__version__ = '([^']+)'")]
    private static partial Regex VersionInScript();
}
