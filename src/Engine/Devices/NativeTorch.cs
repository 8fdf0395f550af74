using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Devices;

/// <summary>
/// Lets TorchSharp's native library load on systems before GCC 13, in outputs that the engine's own build did not reach: published
/// programs, and hosts that load the engine by its path. Package caches are never written to.
/// </summary>
internal static class NativeTorch
{
    private const string Library = "libLibTorchSharp.so";

    private static string Package => $"runtimes/linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/native";

    // TorchSharp loads its library in a static constructor, once and for all: this must come before any tensor of the engine.
#pragma warning disable CA2255 // The engine is a library, and this is the advanced scenario that the rule allows.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            if (Find() is { } library && OptionalSymbolVersion.Mark(File.ReadAllBytes(library), OptionalSymbolVersion.Gcc13) is not null)
                Prepare(library);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or InvalidDataException)
        {
            // TorchSharp says what it misses when the first tensor is made; a module initializer that throws would hide that.
        }
    }

    /// <summary>Marks the library where it lies, when that is an output folder that can be written to; else loads a marked copy.</summary>
    internal static void Prepare(string library)
    {
        if (IsOwn(library))
        {
            try
            {
                OptionalSymbolVersion.Mark(library, library, OptionalSymbolVersion.Gcc13);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Installed where this user may not write: as with a package's file.
            }
        }

        LoadCopy(library);
    }

    /// <summary>
    /// Loads a marked copy beside links to the libraries that it needs. TorchSharp then finds the library in the process, by its name.
    /// </summary>
    internal static void LoadCopy(string library)
    {
        var folder = Directory.CreateTempSubdirectory("rabbit-native-").FullName;
        try
        {
            OptionalSymbolVersion.Mark(library, Path.Combine(folder, Library), OptionalSymbolVersion.Gcc13);
            foreach (var needed in Folders().SelectMany(Siblings))
            {
                var link = Path.Combine(folder, Path.GetFileName(needed));
                if (!File.Exists(link)) File.CreateSymbolicLink(link, needed);
            }

            NativeLibrary.Load(Path.Combine(folder, Library));
        }
        finally
        {
            // What is loaded stays loaded.
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Siblings(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "lib*.so*").Where(file => Path.GetFileName(file) != Library) : [];

    private static string? Find() => Folders().Select(folder => Path.Combine(folder, Library)).FirstOrDefault(File.Exists);

    // In the order in which .NET looks for native libraries: where the host found the packages'
    // assets, then beside the program and the engine.
    private static IEnumerable<string> Folders() =>
    [
        .. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        .. Own().SelectMany(folder => new[] { Path.Combine(folder, Package), folder }),
    ];

    private static IEnumerable<string> Own() =>
        new[] { AppContext.BaseDirectory, Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) }
            .OfType<string>().Where(folder => folder.Length > 0);

    private static bool IsOwn(string library) =>
        Own().Any(folder => Path.GetFullPath(library).StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
