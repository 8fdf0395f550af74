using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/linear_algebra.cpp: products and decompositions.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_matmul(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mm(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_bmm(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mv(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_dot(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_outer(Tensor self, Tensor other);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_addmm(Tensor self, Tensor mat1, Tensor mat2, double beta, double alpha);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_baddbmm(Tensor self, Tensor batch1, Tensor batch2, double beta, double alpha);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor rabbit_einsum(string equation, ReadOnlySpan<Tensor> operands, long count);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_linear(Tensor input, Tensor weight, Tensor? bias);

    [LibraryImport(Library)]
    internal static partial int rabbit_linalg_svd(
        Tensor self, [MarshalAs(UnmanagedType.U1)] bool fullMatrices, out Tensor u, out Tensor s, out Tensor vh);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rabbit_linalg_eigh(Tensor self, string triangle, out Tensor values, out Tensor vectors);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_linalg_svdvals(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_linalg_vector_norm(
        Tensor self, double p, ReadOnlySpan<long> dims, long count, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_trace(Tensor self);
}
