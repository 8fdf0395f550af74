using System.Runtime.InteropServices;

namespace LlmRabbitHoles.Training;

/// <summary>Tells the C library to keep freed memory for the next training step. By default it returns every large tensor to the
/// kernel. The kernel clears each page again, which takes half of a small model's step.</summary>
internal static partial class NativeHeap
{
    // Names and numbers are those of glibc's malloc.h. It accepts an mmap threshold of at most 32 MiB.
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
            // This C library lacks the setting. Training is slower, but correct.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);
}
