using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>
/// Locates the assemblies that a session's cells use: the host's, those in <c>#r</c> lines, and those of earlier cells.
/// </summary>
internal sealed class SessionAssemblies() : AssemblyLoadContext("session")
{
    /// <summary>The prefix of the names of cells' assemblies.</summary>
    public const string CellPrefix = "cell-";

    private readonly ConcurrentDictionary<string, WeakReference<Assembly>> _cells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _folders = new(StringComparer.Ordinal);

    /// <summary>Remembers the assembly of a cell that later ones can see.</summary>
    public void Add(Assembly cell) => _cells[cell.GetName().Name!] = new WeakReference<Assembly>(cell);

    /// <summary>Remembers where an assembly is. Its managed and native dependencies may lie beside it.</summary>
    public void AddPath(string path)
    {
        _paths[Path.GetFileNameWithoutExtension(path)] = path;
        AddFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Remembers a folder of native libraries.</summary>
    public void AddFolder(string folder) => _folders[folder] = 0;

    /// <summary>The assembly with that name for a cell; null lets the host find it.</summary>
    public Assembly? Find(AssemblyName name)
    {
        if (_cells.TryGetValue(name.Name!, out var cell) && cell.TryGetTarget(out var assembly))
            return assembly;
        return IsShipped(name.Name!) || PathOf(name.Name!) is null ? null : LoadFromAssemblyName(name);
    }

    /// <summary>The handle of a native library beside one of the session's assemblies; zero lets the host find it.</summary>
    public nint FindNative(string name)
    {
        foreach (var folder in _folders.Keys)
        {
            foreach (var file in NativeNames(name))
            {
                if (NativeLibrary.TryLoad(Path.Combine(folder, file), out var handle))
                    return handle;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        IsShipped(assemblyName.Name!) || PathOf(assemblyName.Name!) is not { } path ? null : LoadFromAssemblyPath(path);

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) => FindNative(unmanagedDllName);

    /// <summary>The host's assemblies are used as they are: a second copy's types would differ from the first's of the same name.</summary>
    private static bool IsShipped(string name) => HostReferences.Find(name) is not null;

    private string? PathOf(string name) => _paths.TryGetValue(name, out var path)
        ? path
        : _folders.Keys.Select(folder => Path.Combine(folder, $"{name}.dll")).FirstOrDefault(File.Exists);

    private static IEnumerable<string> NativeNames(string name)
    {
        if (Path.IsPathRooted(name))
            return [];
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        return [name, $"{name}{suffix}", $"{prefix}{name}{suffix}"];
    }
}
