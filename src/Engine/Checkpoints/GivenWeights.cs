using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints;

/// <summary>Weights that are at hand.</summary>
/// <param name="weights">Every parameter by the decoder's name; stay the caller's.</param>
public sealed class GivenWeights(IReadOnlyDictionary<string, Tensor> weights) : IWeightSource
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The weight is not there, or has another shape.</exception>
    public Tensor Get(string name, params long[] shape)
    {
        if (!weights.TryGetValue(name, out var weight)) throw new InvalidOperationException($"There is no weight '{name}'.");
        return weight.shape.SequenceEqual(shape) ? weight.alias().DetachFromDisposeScope() : throw new InvalidOperationException(
            $"Weight '{name}' is [{string.Join(", ", weight.shape)}]; the decoder needs [{string.Join(", ", shape)}].");
    }
}
