namespace LlmRabbitHoles.Model;

/// <summary>How a decoder computes: in full precision, in a shorter dtype, quantized.</summary>
public interface IArithmetic
{
    /// <summary>A projection y = x W^T + b.</summary>
    /// <param name="name">The path of its module, such as <c>layers.3.self_attn.q_proj</c>.</param>
    /// <param name="weight">[outputs, inputs]; the projection becomes its owner.</param>
    /// <param name="bias">[outputs], or none.</param>
    /// <returns>[..., inputs] -> [..., outputs]</returns>
    nn.Module<Tensor, Tensor> Projection(string name, Parameter weight, Parameter? bias);

    /// <summary>The nonlinearity of the feed-forward network; of SwiGLU, the function on the gate.</summary>
    /// <param name="kind">The configuration's.</param>
    Func<Tensor, Tensor> Activation(ActivationKind kind) => Activations.For(kind);

    /// <summary>What a gated feed-forward network makes of its gate and of what the gate lets through: both have the same shape, and
    /// so has the result.</summary>
    /// <param name="kind">The configuration's.</param>
    Func<Tensor, Tensor, Tensor> Gate(ActivationKind kind)
    {
        var activation = Activation(kind);
        return (gate, up) => activation(gate) * up;
    }

    /// <summary>A norm by the root mean square.</summary>
    /// <param name="gain">[size]; the norm becomes its owner.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns>[..., size] -> [..., size]</returns>
    nn.Module<Tensor, Tensor> RmsNorm(Parameter gain, double epsilon) => new RmsNorm(gain, epsilon);
}

/// <summary>Computes in the dtype in which the weights are stored.</summary>
public sealed class StoredPrecision : IArithmetic
{
    /// <inheritdoc/>
    public nn.Module<Tensor, Tensor> Projection(string name, Parameter weight, Parameter? bias) => nn.Linear(weight, bias!);
}
