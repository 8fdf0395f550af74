using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/index.cpp: elements by position.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_index(Tensor self, ReadOnlySpan<IndexPart> parts, long count);

    [LibraryImport(Library)]
    internal static partial int rabbit_index_put_(Tensor self, ReadOnlySpan<IndexPart> parts, long count, Tensor value);

    [LibraryImport(Library)]
    internal static partial int rabbit_index_put_scalar_(Tensor self, ReadOnlySpan<IndexPart> parts, long count, Scalar value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_index_tensors(Tensor self, ReadOnlySpan<Tensor?> indices, long count);

    [LibraryImport(Library)]
    internal static partial int rabbit_index_put_tensors_(
        Tensor self, ReadOnlySpan<Tensor?> indices, long count, Tensor value, [MarshalAs(UnmanagedType.U1)] bool accumulate);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_get(Tensor self, ReadOnlySpan<long> indices, long count);

    [LibraryImport(Library)]
    internal static partial int rabbit_set(Tensor self, ReadOnlySpan<long> indices, long count, Tensor value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_index_select(Tensor self, long dim, Tensor index);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_gather(Tensor self, long dim, Tensor index);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_take(Tensor self, Tensor index);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_scatter(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int rabbit_scatter_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_scatter_add(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int rabbit_scatter_add_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_index_copy(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial int rabbit_index_copy_(Tensor self, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_index_add(Tensor self, long dim, Tensor index, Tensor source, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial int rabbit_index_add_(Tensor self, long dim, Tensor index, Tensor source, Scalar alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_index_fill(Tensor self, long dim, Tensor index, Scalar value);

    [LibraryImport(Library)]
    internal static partial int rabbit_index_fill_(Tensor self, long dim, Tensor index, Scalar value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_masked_fill(Tensor self, Tensor mask, Scalar value);

    [LibraryImport(Library)]
    internal static partial int rabbit_masked_fill_(Tensor self, Tensor mask, Scalar value);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_masked_select(Tensor self, Tensor mask);
}
