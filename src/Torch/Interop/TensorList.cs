using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Lists of tensors, to and from native arrays of handles.</summary>
internal static unsafe class TensorList
{
    /// <summary>Owns the handles of a native array and frees the array; a null handle becomes null.</summary>
    internal static Tensor?[] TakeWithGaps(nint handles, long count)
    {
        if (handles == 0)
            NativeError.ThrowIfPending();
        var tensors = new Tensor?[count];
        for (var i = 0; i < tensors.Length; i++)
        {
            var handle = ((nint*)handles)[i];
            tensors[i] = handle == 0 ? null : new Tensor(handle);
        }
        NativeMethods.rabbit_free(handles);
        return tensors;
    }

    /// <summary>Owns the handles of a native array in which each is set, and frees the array.</summary>
    internal static Tensor[] Take(nint handles, long count) => TakeWithGaps(handles, count)!;

    /// <summary>The tensors as a span, without a copy where they are an array or a list.</summary>
    internal static ReadOnlySpan<Tensor> SpanOf(IEnumerable<Tensor> tensors) => tensors switch
    {
        Tensor[] array => array,
        List<Tensor> list => CollectionsMarshal.AsSpan(list),
        _ => tensors.ToArray(),
    };
}
