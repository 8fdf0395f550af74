using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/autograd.cpp: gradients.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rabbit_requires_grad(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_set_requires_grad(Tensor self, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library)]
    internal static partial int rabbit_is_leaf(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_retain_grad(Tensor self);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_detach(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_detach_(Tensor self);

    [LibraryImport(Library)]
    internal static partial nint rabbit_grad(Tensor self);

    [LibraryImport(Library)]
    internal static partial int rabbit_set_grad(Tensor self, Tensor? value);

    [LibraryImport(Library)]
    internal static partial int rabbit_backward(
        ReadOnlySpan<Tensor> roots, long rootCount, ReadOnlySpan<Tensor?> gradients, long gradientCount, [MarshalAs(UnmanagedType.U1)] bool retainGraph, [MarshalAs(UnmanagedType.U1)] bool createGraph, ReadOnlySpan<Tensor> inputs, long inputCount);

    [LibraryImport(Library)]
    internal static partial nint rabbit_autograd_grad(
        ReadOnlySpan<Tensor> outputs, long outputCount, ReadOnlySpan<Tensor> inputs, long inputCount, ReadOnlySpan<Tensor?> gradients, long gradientCount, [MarshalAs(UnmanagedType.U1)] bool retainGraph, [MarshalAs(UnmanagedType.U1)] bool createGraph, [MarshalAs(UnmanagedType.U1)] bool allowUnused, out long count);

    [LibraryImport(Library)]
    internal static partial int rabbit_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void rabbit_set_grad_enabled([MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library)]
    internal static partial int rabbit_inference_mode_enabled();

    [LibraryImport(Library)]
    internal static partial nint rabbit_enter_inference_mode([MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library)]
    internal static partial void rabbit_leave_inference_mode(nint guard);
}
