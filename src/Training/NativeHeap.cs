using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Training;

/// <summary>Tells the C library to keep the memory that a training step frees. By default it returns every large tensor to
/// the kernel, which then clears each page anew: half the time of a step of a small model.</summary>
internal static partial class NativeHeap
{
    // Their names and numbers in glibc's malloc.h; 32 MiB is the highest threshold that it accepts.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;

    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallOpt(MmapThreshold, 32 << 20);
            _ = MallOpt(TrimThreshold, int.MaxValue);
            _ = MallOpt(TopPad, 256 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without this setting is slower, not wrong.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);
}
