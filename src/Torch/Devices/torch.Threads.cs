using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How many threads one operation may use on the CPU.</summary>
    public static int get_num_threads() => NativeMethods.rabbit_threads();

    /// <summary>Sets how many threads one operation may use on the CPU; a thread that has computed already keeps its number, save for the matrix products
    /// of OpenBLAS, whose number is the whole process's.</summary>
    public static void set_num_threads(int num) => NativeError.Check(NativeMethods.rabbit_set_threads(num));

    /// <summary>How many threads libtorch uses between operations.</summary>
    public static int get_num_interop_threads() => NativeMethods.rabbit_interop_threads();

    /// <summary>Sets how many threads libtorch uses between operations; only before the first use.</summary>
    public static void set_num_interop_threads(int num) => NativeError.Check(NativeMethods.rabbit_set_interop_threads(num));
}
