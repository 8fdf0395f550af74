using System.Runtime.InteropServices;
using LlmRabbitHoles.Kernels;

namespace LlmRabbitHoles.Quantization;

/// <summary>The codes of a matrix, one a byte or two.</summary>
/// <remarks><code>
/// one a byte:  [rows, columns] int8
/// two a byte:  [rows, columns / 2] uint8; of 32 codes, byte i holds code i + 8 in its low half and code i + 16, + 8, in its high half
/// </code></remarks>
/// <param name="Bytes">The bytes; owned by the matrix.</param>
/// <param name="Columns">Codes of a row.</param>
/// <param name="Packed">Whether two share a byte.</param>
public sealed record CodeTable(Tensor Bytes, long Columns, bool Packed)
{
    private const int Zero = 8;

    /// <summary>Codes that take as little room as they can.</summary>
    /// <param name="codes">[rows, columns] of whole numbers, from -8 to 7 where they are packed.</param>
    /// <param name="packed">Whether two share a byte; columns is then a multiple of 32.</param>
    public static CodeTable Of(Tensor codes, bool packed)
    {
        ArgumentNullException.ThrowIfNull(codes);
        using var scope = NewDisposeScope();
        var (rows, columns) = (codes.shape[0], codes.shape[1]);
        if (!packed) return new(codes.to(ScalarType.Int8).contiguous().MoveToOuterDisposeScope(), columns, false);
        var runs = (codes + Zero).to(ScalarType.Byte).reshape(rows, columns / 32, 2, 16);
        var bytes = runs.select(2, 0).bitwise_or(runs.select(2, 1).bitwise_left_shift(tensor(4, ScalarType.Byte, codes.device)));
        return new(bytes.reshape(rows, columns / 2).contiguous().MoveToOuterDisposeScope(), columns, true);
    }

    /// <summary>The codes of some rows.</summary>
    /// <param name="rows">[n, bytes of a row]: rows of <see cref="Bytes"/>.</param>
    /// <returns>[n, columns] float32, owned by the caller's scope.</returns>
    public Tensor Decode(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var scope = NewDisposeScope();
        if (!Packed) return rows.to(ScalarType.Float32).MoveToOuterDisposeScope();
        var runs = rows.view(rows.shape[0], -1, 16);
        var low = runs.bitwise_and(tensor(0x0F, ScalarType.Byte, rows.device));
        var high = runs.bitwise_right_shift(tensor(4, ScalarType.Byte, rows.device));
        return (stack([low, high], 2).to(ScalarType.Float32) - Zero).view(rows.shape[0], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Bytes of a row.</summary>
    internal int RowBytes => (int)(Packed ? Columns / 2 : Columns);

    /// <summary>The codes of one row, on the CPU.</summary>
    /// <param name="row">Its bytes.</param>
    /// <param name="codes">[columns]</param>
    internal void Unpack(ReadOnlySpan<byte> row, Span<sbyte> codes)
    {
        if (Packed) PackedCodes.Unpack(row, codes);
        else MemoryMarshal.Cast<byte, sbyte>(row).CopyTo(codes);
    }
}
