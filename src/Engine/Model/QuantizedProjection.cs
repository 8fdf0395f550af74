using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Model;

/// <summary>A projection whose weight is quantized: y = x W^T + b.</summary>
internal sealed class QuantizedProjection : nn.Module<Tensor, Tensor>, IQuantizedPart
{
    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;
    private readonly QuantizedMatrix _weight;

    /// <summary>A projection with this weight.</summary>
    /// <param name="weight">[outputs, inputs]; the projection becomes its owner.</param>
    /// <param name="bias">[outputs], or none.</param>
    public QuantizedProjection(QuantizedMatrix weight, Parameter? bias) : base(nameof(QuantizedProjection))
    {
        (_weight, _bias) = (weight, bias);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public QuantizedMatrix Weight => _weight;

    /// <param name="x">[..., inputs]</param>
    /// <returns>[..., outputs]</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var product = _weight.Product(x.reshape(-1, _weight.Columns)).view([.. x.shape[..^1], _weight.Rows]);
        return (_bias is null ? product : product + _bias).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _weight.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A part of the model that holds a quantized matrix.</summary>
internal interface IQuantizedPart
{
    /// <summary>The matrix, owned by the part.</summary>
    QuantizedMatrix Weight { get; }
}
