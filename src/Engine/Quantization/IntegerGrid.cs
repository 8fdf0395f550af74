namespace LlmRabbitHoles.Quantization;

/// <summary>Which numbers a group of weights may become: whole multiples of a scale, around zero or from the smallest weight on.</summary>
/// <param name="Bits">2 to 8: codes from -2^(bits - 1) to 2^(bits - 1) - 1. Up to 4 bits, two share a byte in rows of whole 32s.</param>
/// <param name="GroupSize">Neighbours in a row that share a scale; null is the whole row (per channel).</param>
/// <param name="Symmetric">Whether zero is code 0 and only the scale is stored; else the offset too. Default true.</param>
/// <remarks>Scales are stored in float16, and offsets too, but those of whole zeros in float32, which holds them exactly.</remarks>
public sealed record IntegerGrid(int Bits, int? GroupSize = null, bool Symmetric = true)
{
    /// <summary>Eight bits, one scale a row.</summary>
    public static IntegerGrid Int8 { get; } = new(8);

    /// <summary>Four bits, one scale for 32 weights.</summary>
    public static IntegerGrid Int4 { get; } = new(4, 32);

    /// <summary>Bits of a code.</summary>
    public int Bits { get; init; } = Bits is >= 2 and <= 8 ? Bits
        : throw new ArgumentOutOfRangeException(nameof(Bits), Bits, "Bits must be from 2 to 8.");

    /// <summary>Whether an offset makes one of the codes, but not the smallest, exactly zero: number = scale x (code - zero).
    /// Means something where the grid is not symmetric. Default false: the offset is the smallest weight.</summary>
    public bool WholeZeros { get; init; }

    /// <summary>The largest code.</summary>
    public int Most => (1 << (Bits - 1)) - 1;

    /// <summary>The smallest code.</summary>
    public int Least => -(1 << (Bits - 1));

    /// <summary>Whether rows of this width can be stored, which is in whole groups.</summary>
    /// <param name="columns">Width of a row.</param>
    public bool Fits(long columns) => columns % (GroupSize ?? columns) == 0;

    /// <summary>Scale and offset for groups of weights.</summary>
    /// <param name="groups">[..., groupSize] float32</param>
    /// <returns>[..., 1] float32 each, already rounded to what is stored; the offset is null where the grid is symmetric.</returns>
    public (Tensor Scale, Tensor? Offset) Scales(Tensor groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        using var scope = NewDisposeScope();
        if (Symmetric)
        {
            var largest = groups.abs().amax([-1], keepdim: true);
            return (Rounded(largest / Most).MoveToOuterDisposeScope(), null);
        }
        var (low, high) = (groups.amin([-1], keepdim: true), groups.amax([-1], keepdim: true));
        var (scale, offset) = WholeZeros ? AroundZero(low.clamp_max(0), high.clamp_min(0)) : FromLowest(low, high);
        return (scale.MoveToOuterDisposeScope(), offset.MoveToOuterDisposeScope());
    }

    /// <summary>The codes nearest to weights.</summary>
    /// <param name="groups">[..., groupSize] float32</param>
    /// <param name="scale">[..., 1]</param>
    /// <param name="offset">[..., 1] or null.</param>
    /// <returns>[..., groupSize] float32 whole numbers.</returns>
    public Tensor Codes(Tensor groups, Tensor scale, Tensor? offset)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(scale);
        using var scope = NewDisposeScope();
        var above = offset is null ? groups : groups - offset;
        var codes = (above / where(scale == 0, ones_like(scale), scale)).round().clamp(Least, Most);
        return codes.MoveToOuterDisposeScope();
    }

    /// <summary>Rounds every weight to the nearest number of the grid.</summary>
    /// <param name="weight">[rows, columns]; not changed.</param>
    public IntegerMatrix Round(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        using var scope = NewDisposeScope();
        var (rows, columns) = (weight.shape[0], weight.shape[1]);
        var groups = weight.to(ScalarType.Float32).reshape(rows, -1, GroupSize ?? columns);
        var (scale, offset) = Scales(groups);
        return Matrix(Codes(groups, scale, offset).view(rows, columns), scale.squeeze(2), offset?.squeeze(2));
    }

    /// <summary>A matrix of codes that were chosen.</summary>
    /// <param name="codes">[rows, columns]</param>
    /// <param name="scales">[rows, groups], as <see cref="Scales"/> gives them.</param>
    /// <param name="offsets">[rows, groups] or null.</param>
    public IntegerMatrix Matrix(Tensor codes, Tensor scales, Tensor? offsets)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(scales);
        return new(
            CodeTable.Of(codes, packed: Bits <= 4 && codes.shape[1] % 32 == 0), scales.to(ScalarType.Float16).contiguous(),
            offsets?.to(WholeZeros ? ScalarType.Float32 : ScalarType.Float16).contiguous());
    }

    private (Tensor Scale, Tensor Offset) FromLowest(Tensor low, Tensor high)
    {
        var scale = Rounded((high - low) / (Most - Least));
        return (scale, Rounded(low - (scale * Least)));
    }

    // Where no weight is negative, zero is the code after the smallest, which stays unused: the others have one step less.
    private (Tensor Scale, Tensor Offset) AroundZero(Tensor low, Tensor high)
    {
        var scale = Rounded(maximum((high - low) / (Most - Least), high / (Most - Least - 1)));
        var zero = ((-low / where(scale == 0, ones_like(scale), scale)).round() + Least).clamp(Least + 1, Most);
        return (scale, -scale * zero);
    }

    private static Tensor Rounded(Tensor numbers) => numbers.to(ScalarType.Float16).to(ScalarType.Float32);
}
