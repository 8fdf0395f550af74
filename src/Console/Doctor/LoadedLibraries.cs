using System.Diagnostics;
using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What the dynamic linker brought into this process: the truth about which libtorch computes.</summary>
internal static class LoadedLibraries
{
    /// <summary>The file of the library with that name.</summary>
    /// <exception cref="WorkFailedException">It is not loaded.</exception>
    public static string Path(string name) =>
        Files().FirstOrDefault(file => System.IO.Path.GetFileName(file).Contains(name, StringComparison.Ordinal))
        ?? throw new WorkFailedException($"no library named {name} was loaded");

    /// <summary>The version that libtorch states inside its file, and where that file lies.</summary>
    public static string LibtorchVersion() => $"{torch.__version__}, {Path("torch_cpu")}";

    /// <summary>The processor's own name.</summary>
    public static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown"
        : "unknown";

    private static IEnumerable<string> Files()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
    }
}
