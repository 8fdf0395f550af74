using System.Buffers;
using LlmRabbitHoles.Kernels;

namespace LlmRabbitHoles.Quantization;

/// <summary>A matrix of small integers: number = scale x code + offset, where neighbours in a row share scale and offset.</summary>
public sealed class IntegerMatrix : QuantizedMatrix
{
    /// <summary>A matrix of these codes; it becomes the owner of all tensors, which lie on one device.</summary>
    /// <param name="codes">[rows, columns] codes.</param>
    /// <param name="scales">[rows, groups] float16 or float32.</param>
    /// <param name="offsets">As the scales; null: all are zero.</param>
    public IntegerMatrix(CodeTable codes, Tensor scales, Tensor? offsets = null)
        : base((codes ?? throw new ArgumentNullException(nameof(codes))).Bytes.shape[0], codes.Columns)
    {
        ArgumentNullException.ThrowIfNull(scales);
        Codes = codes;
        codes.Bytes.DetachFromDisposeScope();
        Scales = scales.DetachFromDisposeScope();
        Offsets = offsets?.DetachFromDisposeScope();
        GroupSize = Columns / scales.shape[1];
    }

    /// <summary>Neighbours in a row that share a scale.</summary>
    public long GroupSize { get; }

    /// <summary>The codes; owned by the matrix.</summary>
    public CodeTable Codes { get; }

    /// <summary>[rows, groups]; owned by the matrix.</summary>
    public Tensor Scales { get; }

    /// <summary>[rows, groups], or null where all are zero; owned by the matrix.</summary>
    public Tensor? Offsets { get; }

    /// <inheritdoc/>
    public override long Bytes =>
        Codes.Bytes.numel() + (Scales.numel() * Scales.ElementSize) + (Offsets is null ? 0 : Offsets.numel() * Offsets.ElementSize);

    /// <inheritdoc/>
    public override Device Device => Codes.Bytes.device;

    /// <inheritdoc/>
    public override Tensor Decode(long first, long count)
    {
        using var scope = NewDisposeScope();
        var numbers = Numbers(
            Codes.Bytes.narrow(0, first, count), Scales.narrow(0, first, count), Offsets?.narrow(0, first, count));
        return numbers.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor DecodeRows(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return Numbers(
            Codes.Bytes.index_select(0, rows), Scales.index_select(0, rows), Offsets?.index_select(0, rows)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Product(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.shape[0] > FewVectors || Device.type != DeviceType.CPU || GroupSize % 16 != 0) return base.Product(x);
        using var scope = NewDisposeScope();
        var wide = x.to(ScalarType.Float32).contiguous();
        var result = empty([x.shape[0], Rows], ScalarType.Float32);
        var scales = Scales.to(ScalarType.Float32).contiguous();
        var offsets = Offsets?.to(ScalarType.Float32).contiguous();
        RowShares.Run(Rows, Columns, (first, count) => MultiplyRows(Floats(wide), scales, offsets, Floats(result), first, count));
        return result.to(x.dtype).MoveToOuterDisposeScope();
    }

    internal override QuantizedMatrix MovedTo(Device device)
    {
        using var scope = NewDisposeScope();
        return new IntegerMatrix(
            Codes with { Bytes = Codes.Bytes.to(device, copy: true).MoveToOuterDisposeScope() },
            Scales.to(device, copy: true).MoveToOuterDisposeScope(), Offsets?.to(device, copy: true).MoveToOuterDisposeScope());
    }

    private protected override void Dispose(bool disposing)
    {
        Codes.Bytes.Dispose();
        Scales.Dispose();
        Offsets?.Dispose();
    }

    private void MultiplyRows(ReadOnlySpan<float> x, Tensor scales, Tensor? offsets, Span<float> y, int first, int count)
    {
        var (columns, groups) = ((int)Columns, (int)scales.shape[1]);
        using var product = new GroupProduct(x, columns, (int)GroupSize);
        var codes = ArrayPool<sbyte>.Shared.Rent(columns);
        var (width, rows) = (Codes.RowBytes, (int)Rows);
        // Asking a tensor for its memory takes longer than a row of a small matrix.
        ReadOnlySpan<byte> bytes = Codes.Bytes.bytes;
        ReadOnlySpan<float> allScales = Floats(scales), allOffsets = offsets is null ? [] : Floats(offsets);
        for (var row = first; row < first + count; row++)
        {
            Codes.Unpack(bytes.Slice(row * width, width), codes);
            product.Row(
                codes.AsSpan(0, columns), x, allScales.Slice(row * groups, groups),
                offsets is null ? [] : allOffsets.Slice(row * groups, groups), y[row..], rows);
        }
        ArrayPool<sbyte>.Shared.Return(codes);
    }

    /// <returns>[n, columns] float32</returns>
    private Tensor Numbers(Tensor codes, Tensor scales, Tensor? offsets)
    {
        var grouped = Codes.Decode(codes).view(codes.shape[0], scales.shape[1], GroupSize);
        var scaled = grouped * scales.to(ScalarType.Float32).unsqueeze(2);
        return (offsets is null ? scaled : scaled + offsets.to(ScalarType.Float32).unsqueeze(2)).view(codes.shape[0], Columns);
    }
}
