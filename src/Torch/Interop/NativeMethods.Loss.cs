using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>native/loss.cpp: losses.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial Tensor rabbit_cross_entropy(
        Tensor input, Tensor target, Tensor? weight, long reduction, long ignoreIndex, double labelSmoothing);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_nll_loss(Tensor input, Tensor target, Tensor? weight, long reduction, long ignoreIndex);

    [LibraryImport(Library)]
    internal static partial Tensor rabbit_mse_loss(Tensor input, Tensor target, long reduction);
}
