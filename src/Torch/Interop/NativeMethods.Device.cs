using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>native/device.cpp: threads, devices, settings.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint rabbit_libtorch_version();

    [LibraryImport(Library)]
    internal static partial int rabbit_threads();

    [LibraryImport(Library)]
    internal static partial int rabbit_set_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int rabbit_interop_threads();

    [LibraryImport(Library)]
    internal static partial int rabbit_set_interop_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int rabbit_set_default_dtype(int dtype);

    [LibraryImport(Library)]
    internal static partial int rabbit_promote_types(int first, int second, out int result);

    [LibraryImport(Library)]
    internal static partial int rabbit_cuda_device_count();

    [LibraryImport(Library)]
    internal static partial int rabbit_cudnn_available();

    [LibraryImport(Library)]
    internal static partial int rabbit_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial int rabbit_allow_tf32_matmul();

    [LibraryImport(Library)]
    internal static partial void rabbit_set_allow_tf32_matmul([MarshalAs(UnmanagedType.U1)] bool allow);

    [LibraryImport(Library)]
    internal static partial int rabbit_allow_tf32_cudnn();

    [LibraryImport(Library)]
    internal static partial void rabbit_set_allow_tf32_cudnn([MarshalAs(UnmanagedType.U1)] bool allow);

    [LibraryImport(Library)]
    internal static partial int rabbit_flash_attention();

    [LibraryImport(Library)]
    internal static partial void rabbit_set_flash_attention([MarshalAs(UnmanagedType.U1)] bool enable);

    [LibraryImport(Library)]
    internal static partial int rabbit_math_attention();

    [LibraryImport(Library)]
    internal static partial void rabbit_set_math_attention([MarshalAs(UnmanagedType.U1)] bool enable);
}
