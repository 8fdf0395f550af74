using System.Runtime.InteropServices;
using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Quantization;

/// <summary>A weight matrix that is kept in few bits. Its numbers are made when a product needs them, some rows at a time; the matrix is
/// never expanded as a whole.</summary>
public abstract class QuantizedMatrix : IDisposable
{
    // 4 MiB in float32: large enough for a fast product, small enough for the processor's cache.
    private const long TileNumbers = 1 << 20;

    /// <summary>With more vectors than this, decoding a tile once for all is faster than going through the codes for each.</summary>
    private protected const int FewVectors = 8;

    private protected QuantizedMatrix(long rows, long columns) => (Rows, Columns) = (rows, columns);

    /// <summary>Outputs of the projection.</summary>
    public long Rows { get; }

    /// <summary>Inputs of the projection.</summary>
    public long Columns { get; }

    /// <summary>Bytes that it occupies, scales included.</summary>
    public abstract long Bytes { get; }

    /// <summary>Where it lies.</summary>
    public abstract Device Device { get; }

    /// <summary>The numbers of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, columns] float32, owned by the caller's scope.</returns>
    public abstract Tensor Decode(long first, long count);

    /// <summary>The numbers of rows that are named one by one, as a table of token vectors is read.</summary>
    /// <param name="rows">[n] int64</param>
    /// <returns>[n, columns] float32, owned by the caller's scope.</returns>
    public abstract Tensor DecodeRows(Tensor rows);

    /// <summary>x W^T. This is the plain form: it decodes a tile of rows, multiplies, and goes on to the next.</summary>
    /// <param name="x">[n, columns]</param>
    /// <returns>[n, rows] in x's dtype, owned by the caller's scope.</returns>
    public virtual Tensor Product(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var result = empty([x.shape[0], Rows], x.dtype, x.device);
        var step = Math.Max(1, TileNumbers / Columns);
        for (long first = 0; first < Rows; first += step)
        {
            using var tileScope = NewDisposeScope();
            var tile = Decode(first, Math.Min(step, Rows - first));
            result.narrow(1, first, tile.shape[0]).copy_(x.Product(tile.to(x.dtype).transpose(0, 1)));
        }
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>The same numbers on another device.</summary>
    /// <returns>The caller owns it; this one stays.</returns>
    internal abstract QuantizedMatrix MovedTo(Device device);

    /// <summary>Frees it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The memory of a contiguous float32 tensor on the CPU.</summary>
    private protected static Span<float> Floats(Tensor contiguous) => MemoryMarshal.Cast<byte, float>(contiguous.bytes);

    /// <summary>Frees what a kind of matrix holds.</summary>
    private protected abstract void Dispose(bool disposing);
}
