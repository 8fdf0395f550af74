using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Interop;

/// <summary>Names the processor's instruction set to OpenBLAS. A version older than the processor takes it for a Pentium 4 and
/// multiplies matrices at a fraction of the speed (0.3.21 on an Emerald Rapids: <c>sgemm_kernel_PRESCOTT</c>).</summary>
internal static partial class OpenBlasKernels
{
    /// <summary>Sets OPENBLAS_CORETYPE where the user has not; only before libtorch is loaded, as OpenBLAS reads it once.</summary>
    public static void Choose()
    {
        // .NET's own SetEnvironmentVariable does not reach getenv.
        if (OperatingSystem.IsLinux() && Name() is { } name) _ = SetEnvironment("OPENBLAS_CORETYPE", name, overwrite: 0);
    }

    private static string? Name() =>
        Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported ? "SkylakeX"
        : Avx2.IsSupported && Fma.IsSupported ? "Haswell"
        : null;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
