namespace LlmRabbitHoles.Model;

/// <summary>Shifts a vector to mean 0 and variance 1, then scales and shifts each component by learned amounts.</summary>
/// <remarks>Ba, Kiros and Hinton 2016, arXiv:1607.06450.</remarks>
internal sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _gain;
    [ComponentName(Name = "bias")]
    private readonly Parameter _shift;
    private readonly double _epsilon;

    /// <summary>A norm with this gain and shift.</summary>
    /// <param name="gain">[size]</param>
    /// <param name="shift">[size]</param>
    /// <param name="epsilon">Added to the variance.</param>
    public LayerNorm(Parameter gain, Parameter shift, double epsilon) : base(nameof(LayerNorm))
    {
        _gain = gain;
        _shift = shift;
        _epsilon = epsilon;
        RegisterComponents();
    }

    /// <param name="x">[..., size]</param>
    /// <returns>[..., size]</returns>
    public override Tensor forward(Tensor x) => nn.functional.layer_norm(x, _gain.shape, _gain, _shift, _epsilon);
}
