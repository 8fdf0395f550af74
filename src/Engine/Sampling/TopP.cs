namespace LlmRabbitHoles.Sampling;

/// <summary>Nucleus sampling: keeps the smallest set of likeliest tokens whose probabilities sum to p or more.</summary>
/// <remarks>Holtzman et al. 2019, arXiv:1904.09751, eq. 2.</remarks>
/// <param name="p">Above 0, at most 1.</param>
public sealed class TopP(double p) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"top-p {p:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        if (p >= 1) return;
        SmallestSet.Keep(logits, Softmax.Of(logits), p, probability => -probability);
    }
}
