namespace LlmRabbitHoles.Quantization;

/// <summary>A matrix whose columns lie in another order than the inputs, so that those of a group are neighbours.</summary>
internal sealed class OrderedInputs : QuantizedMatrix
{
    private readonly QuantizedMatrix _matrix;
    private readonly Tensor _order, _places;

    /// <summary>A matrix in this order.</summary>
    /// <param name="matrix">The weights; becomes this object's.</param>
    /// <param name="order">[columns] int64: the input of each column. The matrix becomes its owner.</param>
    public OrderedInputs(QuantizedMatrix matrix, Tensor order) : base(matrix.Rows, matrix.Columns)
    {
        _matrix = matrix;
        _order = order.DetachFromDisposeScope();
        _places = order.argsort().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override long Bytes => _matrix.Bytes + (_order.numel() * _order.ElementSize);

    /// <inheritdoc/>
    public override Device Device => _matrix.Device;

    /// <inheritdoc/>
    public override Tensor Decode(long first, long count) => InInputsOrder(_matrix.Decode(first, count));

    /// <inheritdoc/>
    public override Tensor DecodeRows(Tensor rows) => InInputsOrder(_matrix.DecodeRows(rows));

    /// <inheritdoc/>
    public override Tensor Product(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var ordered = x.index_select(1, _order);
        return _matrix.Product(ordered);
    }

    internal override QuantizedMatrix MovedTo(Device device) =>
        new OrderedInputs(_matrix.MovedTo(device), _order.to(device, copy: true));

    private protected override void Dispose(bool disposing)
    {
        _matrix.Dispose();
        _order.Dispose();
        _places.Dispose();
    }

    private Tensor InInputsOrder(Tensor numbers)
    {
        using (numbers) return numbers.index_select(1, _places);
    }
}
