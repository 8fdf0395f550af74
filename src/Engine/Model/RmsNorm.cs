namespace LlmRabbitHoles.Model;

/// <summary>Divides a vector by its root mean square, then scales each component by a learned gain.</summary>
/// <remarks>Zhang and Sennrich 2019, arXiv:1910.07467, eq. 4. The mean is taken in float32 for every dtype.</remarks>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _gain;
    private readonly double _epsilon;

    /// <summary>A norm with this gain.</summary>
    /// <param name="gain">[size]</param>
    /// <param name="epsilon">Added to the mean square, so that a vector of zeros stays zero.</param>
    public RmsNorm(Parameter gain, double epsilon) : base(nameof(RmsNorm))
    {
        _gain = gain;
        _epsilon = epsilon;
        RegisterComponents();
    }

    /// <param name="x">[..., size]</param>
    /// <returns>[..., size], in x's dtype.</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var wide = x.to(ScalarType.Float32);
        var meanSquare = wide.pow(2).mean([-1], keepdim: true);
        var unit = wide * (meanSquare + _epsilon).rsqrt();
        return (unit.to(x.dtype) * _gain).MoveToOuterDisposeScope();
    }
}
