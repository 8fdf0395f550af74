using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

/// <content>Several tensors to one, and index patterns made of several.</content>
public static partial class torch
{
    /// <summary>Tensors joined along an axis that they have; the other sizes are the same.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(TensorList.SpanOf(tensors), dim);

    /// <summary>Tensors joined along an axis that they have; the other sizes are the same.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors, dim);

    /// <summary>Tensors joined along an axis that they have; the other sizes are the same.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0)
    {
        var result = rabbit_cat(tensors, tensors.Length, dim);
        KeepAlive(tensors);
        return result;
    }

    /// <summary>Tensors of the same sizes joined along a new axis.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var list = TensorList.SpanOf(tensors);
        var result = rabbit_stack(list, list.Length, dim);
        KeepAlive(list);
        return result;
    }

    /// <summary>Tensors joined along the second axis; vectors along the first.</summary>
    public static Tensor hstack(IList<Tensor> tensors) => hstack(TensorList.SpanOf(tensors));

    /// <summary>Tensors joined along the second axis; vectors along the first.</summary>
    public static Tensor hstack(params Tensor[] tensors) => hstack((ReadOnlySpan<Tensor>)tensors);

    /// <summary>Tensors joined along the second axis; vectors along the first.</summary>
    public static Tensor hstack(ReadOnlySpan<Tensor> tensors)
    {
        var result = rabbit_hstack(tensors, tensors.Length);
        KeepAlive(tensors);
        return result;
    }

    /// <summary>Tensors joined along the first axis; a vector counts as a row.</summary>
    public static Tensor vstack(IList<Tensor> tensors) => vstack(TensorList.SpanOf(tensors));

    /// <summary>Tensors joined along the first axis; a vector counts as a row.</summary>
    public static Tensor vstack(Tensor[] tensors) => vstack((ReadOnlySpan<Tensor>)tensors);

    /// <summary>Tensors joined along the first axis; a vector counts as a row.</summary>
    public static Tensor vstack(ReadOnlySpan<Tensor> tensors)
    {
        var result = rabbit_vstack(tensors, tensors.Length);
        KeepAlive(tensors);
        return result;
    }

    /// <summary>A sum of products in Einstein's notation, such as "bqd,bkd->bqk".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        var result = rabbit_einsum(equation, tensors, tensors.Length);
        GC.KeepAlive(tensors);
        return result;
    }

    /// <summary>The coordinates of a grid over vectors; indexing is "ij" (rows first) or "xy".</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        var list = TensorList.SpanOf(tensors);
        var result = TensorList.Take(rabbit_meshgrid(list, list.Length, indexing, out var count), count);
        KeepAlive(list);
        return result;
    }

    /// <summary>x's elements where the condition holds, y's elsewhere.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => rabbit_where(condition, x, y);

    /// <summary>Whether each pair of elements is close: |a - b| &lt;= atol + rtol * |b|.</summary>
    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
        rabbit_isclose(tensor, other, rtol, atol, nanEqual);

    private static void KeepAlive(ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            GC.KeepAlive(tensor);
    }

    /// <summary>Special functions.</summary>
    public static partial class special
    {
        /// <summary>exp divided by its sum along an axis; a dtype converts first.</summary>
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

        /// <summary>The logarithm of softmax, exact where softmax would round to 0.</summary>
        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
    }
}
