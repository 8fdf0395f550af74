namespace LlmRabbitHoles.Model;

/// <summary>How a weight matrix is held and multiplied: in full precision, in a shorter dtype, quantized.</summary>
public interface IProjectionKind
{
    /// <summary>A projection y = x W^T + b.</summary>
    /// <param name="weight">[outputs, inputs]; the projection becomes its owner.</param>
    /// <param name="bias">[outputs], or none.</param>
    /// <returns>[..., inputs] -> [..., outputs]</returns>
    nn.Module<Tensor, Tensor> Create(Parameter weight, Parameter? bias);
}

/// <summary>Multiplies in the dtype in which the weight is stored.</summary>
public sealed class StoredPrecision : IProjectionKind
{
    /// <inheritdoc/>
    public nn.Module<Tensor, Tensor> Create(Parameter weight, Parameter? bias) => nn.Linear(weight, bias!);
}
