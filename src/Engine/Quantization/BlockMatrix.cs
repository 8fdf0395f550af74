using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Kernels;
using LlmRabbitHoles.Kernels.Blocks;

namespace LlmRabbitHoles.Quantization;

/// <summary>A matrix in ggml's blocks, on the CPU: the bytes of a GGUF file as they lie there.</summary>
public sealed class BlockMatrix : QuantizedMatrix
{
    private readonly Tensor _bytes;

    /// <summary>A matrix of these blocks.</summary>
    /// <param name="format">How they store numbers.</param>
    /// <param name="bytes">[rows, bytes of a row] uint8 on the CPU; the matrix becomes its owner.</param>
    public BlockMatrix(BlockFormat format, Tensor bytes)
        : base(Checked(format, bytes).shape[0], bytes.shape[1] / format.Bytes * format.Size) =>
        (Format, _bytes) = (format, bytes.DetachFromDisposeScope());

    /// <summary>How the numbers are stored.</summary>
    public BlockFormat Format { get; }

    /// <inheritdoc/>
    public override long Bytes => _bytes.numel();

    /// <inheritdoc/>
    public override Device Device => CPU;

    /// <summary>Stores a matrix in blocks.</summary>
    /// <param name="format">How.</param>
    /// <param name="weight">[rows, columns] on the CPU, columns in whole blocks; not changed.</param>
    public static BlockMatrix Encode(BlockFormat format, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(weight);
        using var scope = NewDisposeScope();
        var bytes = empty([weight.shape[0], format.BytesOf(weight.shape[1])], ScalarType.Byte);
        for (long row = 0; row < weight.shape[0]; row++)
        {
            using var rowScope = NewDisposeScope();
            format.Encode(weight[row].to(ScalarType.Float32).contiguous().data<float>().ToArray(), bytes[row].bytes);
        }
        return new BlockMatrix(format, bytes.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override Tensor Decode(long first, long count)
    {
        using var scope = NewDisposeScope();
        var tile = empty([count, Columns], ScalarType.Float32);
        using var rows = _bytes.narrow(0, first, count);
        Format.Decode(rows.bytes, Floats(tile));
        return tile.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor DecodeRows(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var chosen = _bytes.index_select(0, rows);
        var result = empty([chosen.shape[0], Columns], ScalarType.Float32);
        Format.Decode(chosen.bytes, Floats(result));
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Product(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.shape[0] > FewVectors) return base.Product(x);
        using var scope = NewDisposeScope();
        var wide = x.to(ScalarType.Float32).contiguous();
        var result = empty([x.shape[0], Rows], ScalarType.Float32);
        RowShares.Run(Rows, Columns, (first, count) => BlockProduct.Fast(
            Format, RowsOf(first, count), Floats(wide), (int)Columns, Floats(result), first, (int)Rows));
        return result.to(x.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The bytes again, with rows in another order.</summary>
    /// <param name="order">[rows] int64: which row comes where.</param>
    internal BlockMatrix Reordered(Tensor order)
    {
        using var scope = NewDisposeScope();
        return new BlockMatrix(Format, _bytes.index_select(0, order).MoveToOuterDisposeScope());
    }

    /// <summary>The same numbers as codes and scales apart, which any device can decode.</summary>
    /// <param name="device">Where they go.</param>
    internal IntegerMatrix Unpacked(Device device)
    {
        using var scope = NewDisposeScope();
        var groups = Columns / Format.GroupSize;
        Tensor codes = empty([Rows, Columns], ScalarType.Int8), scales = empty([Rows, groups], ScalarType.Float32);
        var offsets = empty([Rows, groups], ScalarType.Float32);
        for (long row = 0; row < Rows; row++)
        {
            using var rowScope = NewDisposeScope();
            Format.Unpack(_bytes[row].bytes, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(codes[row].bytes),
                Floats(scales[row]), Floats(offsets[row]));
        }
        return new IntegerMatrix(
            new CodeTable(codes.to(device).MoveToOuterDisposeScope(), Columns, Packed: false), scales.to(device).MoveToOuterDisposeScope(),
            offsets.to(device).MoveToOuterDisposeScope());
    }

    /// <summary>The bytes of a row.</summary>
    internal ReadOnlySpan<byte> RowsOf(int first, int count)
    {
        var width = (int)_bytes.shape[1];
        return _bytes.bytes.Slice(first * width, count * width);
    }

    internal override QuantizedMatrix MovedTo(Device device) => Unpacked(device);

    private protected override void Dispose(bool disposing) => _bytes.Dispose();

    private static Tensor Checked(BlockFormat format, Tensor bytes)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.dim() != 2 || bytes.dtype != ScalarType.Byte || bytes.shape[1] % format.Bytes != 0)
            throw new ShapeException($"The blocks are [{string.Join(", ", bytes.shape)}] {bytes.dtype}; {format.Name} needs " +
                $"[rows, a multiple of {format.Bytes}] Byte.");
        if (bytes.numel() > int.MaxValue)
            throw new ShapeException($"The matrix takes {bytes.numel()} bytes; one of at most {int.MaxValue} can be multiplied.");
        return bytes;
    }
}
