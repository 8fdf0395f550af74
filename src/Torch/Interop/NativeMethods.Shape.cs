using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/shape.cpp: views, cuts and joins.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_view(Tensor self, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_reshape(Tensor self, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_permute(Tensor self, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_repeat(Tensor self, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_flip(Tensor self, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_tile(Tensor self, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_expand(
        Tensor self, ReadOnlySpan<long> sizes, long count, [MarshalAs(UnmanagedType.U1)] bool isImplicit);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_transpose(Tensor self, long dim0, long dim1);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_t(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_numpy_T(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_unsqueeze(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial int rabbit_unsqueeze_(Tensor self, long dim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_squeeze(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool hasDim);

    [LibraryImport(Library)]
    internal static partial int rabbit_squeeze_(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool hasDim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_flatten(Tensor self, long start, long end);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_unflatten(Tensor self, long dim, ReadOnlySpan<long> sizes, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_unfold(Tensor self, long dim, long size, long step);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_as_strided(
        Tensor self, ReadOnlySpan<long> sizes, long sizeCount, ReadOnlySpan<long> strides, long strideCount, long offset);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_movedim(
        Tensor self, ReadOnlySpan<long> source, long sourceCount, ReadOnlySpan<long> destination, long destinationCount);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_narrow(Tensor self, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_slice(Tensor self, long dim, long start, long finish, long step);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_select(Tensor self, long dim, long index);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_roll(
        Tensor self, ReadOnlySpan<long> shifts, long shiftCount, ReadOnlySpan<long> dims, long dimCount);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_repeat_interleave(
        Tensor self, long repeats, long dim, [MarshalAs(UnmanagedType.U1)] bool hasDim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_repeat_interleave_tensor(
        Tensor self, Tensor repeats, long dim, [MarshalAs(UnmanagedType.U1)] bool hasDim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_tril(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_triu(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial int rabbit_tril_(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial int rabbit_triu_(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_diagonal(Tensor self, long offset, long dim1, long dim2);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_diag(Tensor self, long diagonal);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_view_as_complex(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_view_as_real(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_cat(ReadOnlySpan<Tensor> tensors, long count, long dim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_stack(ReadOnlySpan<Tensor> tensors, long count, long dim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_hstack(ReadOnlySpan<Tensor> tensors, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_vstack(ReadOnlySpan<Tensor> tensors, long count);

    [LibraryImport(Library)]
    internal static partial nint rabbit_chunk(Tensor self, long chunks, long dim, out long count);

    [LibraryImport(Library)]
    internal static partial nint rabbit_split(Tensor self, long size, long dim, out long count);

    [LibraryImport(Library)]
    internal static partial nint rabbit_split_with_sizes(Tensor self, ReadOnlySpan<long> sizes, long sizeCount, long dim, out long count);

    [LibraryImport(Library)]
    internal static partial nint rabbit_unbind(Tensor self, long dim, out long count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rabbit_meshgrid(ReadOnlySpan<Tensor> tensors, long tensorCount, string indexing, out long count);

    [LibraryImport(Library)]
    internal static partial nint rabbit_broadcast_tensors(ReadOnlySpan<Tensor> tensors, long tensorCount, out long count);
}
