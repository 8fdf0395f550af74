using System.Numerics.Tensors;

namespace LlmRabbitHoles.Sampling;

/// <summary>Divides all logits: below 1 sharpens the distribution, above 1 flattens it.</summary>
/// <param name="temperature">Above 0.</param>
public sealed class Temperature(double temperature) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"temperature {temperature:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var highest = TensorPrimitives.Max(logits);
        if (float.IsFinite(highest / (float)temperature))
        {
            TensorPrimitives.Divide(logits, (float)temperature, logits);
            return;
        }

        // The quotients leave float32, but only their differences count: the likeliest goes to 0 first, and the others far below it.
        foreach (ref var logit in logits) logit = (float)(((double)logit - highest) / temperature);
    }
}
