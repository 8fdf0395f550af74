using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/reduce.cpp: many elements to fewer.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_max(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_min(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_all(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_any(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_median(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_all_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_any_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_argmax_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_argmin_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_logsumexp_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_argmax(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_argmin(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_max_dim(
        Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out Tensor values, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int rabbit_min_dim(
        Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, out Tensor values, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sum(Tensor self, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_sum_dims(
        Tensor self, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mean(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mean_dims(
        Tensor self, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_prod(Tensor self, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_prod_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_var(Tensor self, [MarshalAs(UnmanagedType.U1)] bool unbiased);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_var_dims(
        Tensor self, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_std(Tensor self, [MarshalAs(UnmanagedType.U1)] bool unbiased);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_std_dims(
        Tensor self, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_amax(
        Tensor self, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_amin(
        Tensor self, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_norm(Tensor self, double p);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_norm_dim(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, double p);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_cumsum(Tensor self, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_softmax(Tensor self, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_log_softmax(Tensor self, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial int rabbit_topk(
        Tensor self, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool largest, [MarshalAs(UnmanagedType.U1)] bool sorted, out Tensor values, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial int rabbit_sort(
        Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool descending, [MarshalAs(UnmanagedType.U1)] bool stable, out Tensor values, out Tensor indices);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_argsort(Tensor self, long dim, [MarshalAs(UnmanagedType.U1)] bool descending);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_count_nonzero(Tensor self, ReadOnlySpan<long> dims, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_nonzero(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bincount(Tensor self, Tensor? weights, long minlength);
}
