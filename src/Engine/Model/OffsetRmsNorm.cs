namespace LlmRabbitHoles.Model;

/// <summary>RMSNorm whose weight is what the gain is more than 1, so that weights of zero leave a unit vector.</summary>
/// <remarks>Gemma: arXiv:2403.08295. Unlike <see cref="RmsNorm"/> it applies the gain in float32, as its checkpoints expect.</remarks>
internal sealed class OffsetRmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _offset;
    private readonly double _epsilon;

    /// <summary>A norm with the gain 1 + offset.</summary>
    /// <param name="offset">[size]</param>
    /// <param name="epsilon">Added to the mean square, so that a vector of zeros stays zero.</param>
    public OffsetRmsNorm(Parameter offset, double epsilon) : base(nameof(OffsetRmsNorm))
    {
        _offset = offset;
        _epsilon = epsilon;
        RegisterComponents();
    }

    /// <param name="x">[..., size]</param>
    /// <returns>[..., size], in x's dtype.</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var wide = x.to(ScalarType.Float32);
        var unit = wide * (wide.pow(2).mean([-1], keepdim: true) + _epsilon).rsqrt();
        return (unit * (_offset.to(ScalarType.Float32) + 1)).to(x.dtype).MoveToOuterDisposeScope();
    }
}
