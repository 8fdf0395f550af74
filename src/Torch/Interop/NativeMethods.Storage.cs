using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/storage.cpp: what a tensor is, and the memory behind it.</summary>
internal static partial class NativeMethods
{
    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial long rabbit_dim(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial long rabbit_numel(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial nint rabbit_sizes(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial int rabbit_dtype(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial long rabbit_element_size(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial int rabbit_device_type(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial int rabbit_device_index(nint self);

    [SuppressGCTransition]
    [LibraryImport(Library)]
    internal static partial int rabbit_is_contiguous(nint self);

    [LibraryImport(Library)]
    internal static partial int rabbit_size(Tensor self, long dim, out long result);

    [LibraryImport(Library)]
    internal static partial int rabbit_strides(Tensor self, Span<long> result);

    [LibraryImport(Library)]
    internal static partial int rabbit_stride(Tensor self, long dim, out long result);

    [LibraryImport(Library)]
    internal static partial int rabbit_storage_offset(Tensor self, out long result);

    [LibraryImport(Library)]
    internal static partial int rabbit_storage_bytes(Tensor self, out long result);

    [LibraryImport(Library)]
    internal static partial int rabbit_data(Tensor self, out nint result);

    [LibraryImport(Library)]
    internal static partial int rabbit_is_pinned(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_pin_memory(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_alias(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_clone(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_contiguous(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_copy_(Tensor self, Tensor source, [MarshalAs(UnmanagedType.U1)] bool nonBlocking);

    [LibraryImport(Library)]
    internal static partial int rabbit_set_(Tensor self, Tensor source);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_to(
        Tensor self, Placement placement, [MarshalAs(UnmanagedType.U1)] bool copy, [MarshalAs(UnmanagedType.U1)] bool nonBlocking);

    [LibraryImport(Library)]
    internal static partial int rabbit_item(Tensor self, out ScalarValue result);
}
