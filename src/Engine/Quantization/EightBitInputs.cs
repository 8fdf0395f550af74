namespace LlmRabbitHoles.Quantization;

/// <summary>A matrix whose inputs are rounded to eight bits before each product, as hardware with integer products needs it.</summary>
/// <remarks>The plain form: inputs are rounded to 127 steps of their largest magnitude, token by token, and multiplied as floats.
/// Dettmers et al. 2022, arXiv:2208.07339, without its outliers.</remarks>
/// <param name="matrix">The weights; becomes this object's.</param>
public sealed class EightBitInputs(QuantizedMatrix matrix) : QuantizedMatrix(matrix.Rows, matrix.Columns)
{
    /// <inheritdoc/>
    public override long Bytes => matrix.Bytes;

    /// <inheritdoc/>
    public override Device Device => matrix.Device;

    /// <inheritdoc/>
    public override Tensor Decode(long first, long count) => matrix.Decode(first, count);

    /// <inheritdoc/>
    public override Tensor DecodeRows(Tensor rows) => matrix.DecodeRows(rows);

    /// <inheritdoc/>
    public override Tensor Product(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var step = (x.abs().amax([-1], keepdim: true) / sbyte.MaxValue).clamp_min(1e-30);
        return matrix.Product((x / step).round() * step).MoveToOuterDisposeScope();
    }

    internal override QuantizedMatrix MovedTo(Device device) => new EightBitInputs(matrix.MovedTo(device));

    private protected override void Dispose(bool disposing) => matrix.Dispose();
}
