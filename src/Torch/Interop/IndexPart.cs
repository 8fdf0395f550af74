using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>One part of x[a, b:c, ...], as native/index.cpp lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IndexPart
{
    internal long Kind;
    internal long Start;
    internal long Stop;
    internal long Step;
    internal byte HasStart;
    internal byte HasStop;
    internal byte HasStep;
    internal nint Tensor;

    /// <summary>Fills parts, which is as long as indices; the caller keeps the indices alive.</summary>
    internal static void Encode(ReadOnlySpan<TensorIndex> indices, Span<IndexPart> parts)
    {
        for (var i = 0; i < indices.Length; i++)
            parts[i] = Encode(in indices[i]);
    }

    private static IndexPart Encode(in TensorIndex index) => new()
    {
        Kind = (long)index.kind,
        Start = index.start ?? 0,
        Stop = index.stop ?? 0,
        Step = index.step ?? 0,
        HasStart = index.start.HasValue ? (byte)1 : (byte)0,
        HasStop = index.stop.HasValue ? (byte)1 : (byte)0,
        HasStep = index.step.HasValue ? (byte)1 : (byte)0,
        Tensor = index.tensor is null ? 0 : index.tensor.Handle,
    };
}
