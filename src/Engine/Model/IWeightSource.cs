using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Model;

/// <summary>Where the weights of a decoder come from: a checkpoint, or random numbers for a new model.</summary>
public interface IWeightSource
{
    /// <summary>The weight with this name.</summary>
    /// <param name="name">The decoder's own name, such as <c>layers.3.self_attn.q_proj.weight</c>.</param>
    /// <param name="shape">The shape that the configuration needs.</param>
    /// <returns>A tensor of exactly this shape, owned by the caller.</returns>
    Tensor Get(string name, params long[] shape);

    /// <summary>The matrix with this name as it is quantized; null (the default) where it is not, and <see cref="Get"/> has it.</summary>
    /// <param name="name">As for <see cref="Get"/>.</param>
    /// <param name="rows">Outputs that the configuration needs.</param>
    /// <param name="columns">Inputs that the configuration needs.</param>
    /// <returns>Owned by the caller.</returns>
    QuantizedMatrix? GetQuantized(string name, long rows, long columns) => null;
}
