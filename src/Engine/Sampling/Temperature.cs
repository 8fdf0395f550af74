namespace LlmRabbitHoles.Sampling;

/// <summary>Divides all logits: below 1 sharpens the distribution, above 1 flattens it.</summary>
/// <param name="temperature">Above 0.</param>
public sealed class Temperature(double temperature) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"temperature {temperature:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history) =>
        System.Numerics.Tensors.TensorPrimitives.Divide(logits, (float)temperature, logits);
}
