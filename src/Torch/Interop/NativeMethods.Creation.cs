using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/creation.cpp: new tensors.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_empty(ReadOnlySpan<long> sizes, long count, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_zeros(ReadOnlySpan<long> sizes, long count, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ones(ReadOnlySpan<long> sizes, long count, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_full(ReadOnlySpan<long> sizes, long count, Scalar value, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_arange(Scalar start, Scalar stop, Scalar step, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_linspace(double start, double end, long steps, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_eye(long rows, long columns, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_empty_like(Tensor self, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_zeros_like(Tensor self, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_ones_like(Tensor self, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_full_like(Tensor self, Scalar value, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_complex(Tensor real, Tensor imag);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_polar(Tensor abs, Tensor angle);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_from_bytes(
        nint data, ReadOnlySpan<long> sizes, long count, int sourceDtype, Placement placement);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_from_memory(
        nint data, ReadOnlySpan<long> sizes, long count, int dtype, delegate* unmanaged<nint, void> freeContext, nint context);
}
