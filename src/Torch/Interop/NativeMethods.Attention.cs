using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/attention.cpp: what a transformer layer asks for.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_scaled_dot_product_attention(
        Tensor query, Tensor key, Tensor value, Tensor? mask, double dropout, [MarshalAs(UnmanagedType.U1)] bool causal);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_layer_norm(
        Tensor self, ReadOnlySpan<long> sizes, long count, Tensor? weight, Tensor? bias, double epsilon);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_embedding(
        Tensor weight, Tensor indices, long paddingIndex, [MarshalAs(UnmanagedType.U1)] bool scaleByFrequency);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_dropout(Tensor self, double p, [MarshalAs(UnmanagedType.U1)] bool train);

    [LibraryImport(Library)]
    internal static partial int rabbit_dropout_(Tensor self, double p, [MarshalAs(UnmanagedType.U1)] bool train);
}
