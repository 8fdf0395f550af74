using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Mixed precision: the weight stays and learns in float32, and the product is computed in bfloat16. The result stays
/// bfloat16 until it is added to the residual stream.</summary>
/// <remarks>Micikevicius et al. 2017, arXiv:1710.03740, with bfloat16 instead of float16. Bfloat16 needs no loss scaling
/// (Kalamkar et al. 2019, arXiv:1905.12322).</remarks>
/// <param name="device">Where it computes: on a CPU, norms and gates are one call each and no row of operations. Default the
/// CPU.</param>
public sealed class Bfloat16Compute(DeviceType device = DeviceType.CPU) : IArithmetic
{
    private readonly DeviceType _device = device;

    /// <inheritdoc/>
    public nn.Module<Tensor, Tensor> Projection(string name, Parameter weight, Parameter? bias) => new Bfloat16Projection(weight, bias);

    /// <inheritdoc/>
    /// <remarks>On a CPU SiLU is computed in float32: in bfloat16 its gradient takes six times as long.</remarks>
    public Func<Tensor, Tensor> Activation(ActivationKind kind) =>
        kind == ActivationKind.SwiGlu ? Silu : Activations.For(kind);

    /// <inheritdoc/>
    public Func<Tensor, Tensor, Tensor> Gate(ActivationKind kind) => kind == ActivationKind.SwiGlu && _device == DeviceType.CPU
        ? FusedParts.SwiGlu
        : (gate, up) => Activation(kind)(gate) * up;

    /// <inheritdoc/>
    public nn.Module<Tensor, Tensor> RmsNorm(Parameter gain, double epsilon) => _device == DeviceType.CPU
        ? new FusedRmsNorm(gain, epsilon)
        : ((IArithmetic)new StoredPrecision()).RmsNorm(gain, epsilon);

    private static Tensor Silu(Tensor x)
    {
        using var scope = NewDisposeScope();
        return nn.functional.silu(x.to(ScalarType.Float32)).to(x.dtype).MoveToOuterDisposeScope();
    }

    private sealed class Bfloat16Projection : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "weight")]
        private readonly Parameter _weight;
        [ComponentName(Name = "bias")]
        private readonly Parameter? _bias;

        public Bfloat16Projection(Parameter weight, Parameter? bias) : base(nameof(Bfloat16Projection))
        {
            _weight = weight;
            _bias = bias;
            RegisterComponents();
        }

        /// <param name="x">[..., inputs], of any real dtype.</param>
        /// <returns>[..., outputs] bfloat16, owned by the caller's scope.</returns>
        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            return nn.functional.linear(x.bfloat16(), _weight.bfloat16(), _bias?.bfloat16()!).MoveToOuterDisposeScope();
        }
    }
}
