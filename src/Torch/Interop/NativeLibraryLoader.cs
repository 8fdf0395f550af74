using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds librabbit_torch.so beside this assembly and sets libtorch's threads when it is loaded.</summary>
internal static class NativeLibraryLoader
{
    private const string FileName = "librabbit_torch.so";

    // Before any other code of the assembly: a notebook's `#r` gives no other moment.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);

    // Asked anew for each function: the file may be gone by then, and threads that were set since must stay as they are.
    private static readonly Lazy<nint> Library = new(LoadBeside);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == NativeMethods.Library ? Library.Value : 0;

    private static nint LoadBeside()
    {
        var library = Load(Path.Combine(FolderOf(typeof(NativeLibraryLoader).Assembly), FileName));
        SetThreads(library);
        return library;
    }

    private static string FolderOf(Assembly assembly) =>
        assembly.Location.Length > 0 ? Path.GetDirectoryName(assembly.Location)! : AppContext.BaseDirectory;

    private static nint Load(string path)
    {
        if (!File.Exists(path))
            throw new DllNotFoundException(
                $"The native half of TorchSharp is missing: '{path}' does not exist. " +
                "Build src/Torch (dotnet build src/Torch) and keep the file beside TorchSharp.dll.");
        OpenBlasKernels.Choose();
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(
                $"'{path}' could not be loaded: {error.Message} It needs the libtorch it was built with; where that is gone, " +
                "install one (apt-get install libtorch-dev libopenblas0-pthread) and build src/Torch again.", error);
        }
    }

    /// <summary>RABBIT_THREADS, else what OMP_NUM_THREADS gave libtorch, else all cores: Debian's libtorch starts with one.</summary>
    private static unsafe void SetThreads(nint library)
    {
        var wanted = Environment.GetEnvironmentVariable("RABBIT_THREADS");
        if (string.IsNullOrEmpty(wanted) && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")))
            return;
        var threads = int.TryParse(wanted, out var given) && given > 0 ? given : Environment.ProcessorCount;
        ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "rabbit_set_threads"))(threads);
    }
}
