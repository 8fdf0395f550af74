namespace LlmRabbitHoles.Sampling;

/// <summary>Nucleus sampling: keeps the smallest set of likeliest tokens whose probabilities sum to p or more.</summary>
/// <remarks>Holtzman et al. 2019, arXiv:1904.09751, eq. 2.</remarks>
/// <param name="p">Above 0, at most 1.</param>
public sealed class TopP(double p) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"top-p {p:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history)
    {
        if (p >= 1) return;
        var probabilities = Softmax.Of(logits);
        var order = new int[logits.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => probabilities[b] != probabilities[a] ? probabilities[b].CompareTo(probabilities[a]) : a - b);
        var sum = 0.0;
        foreach (var token in order)
        {
            if (sum >= p) logits[token] = float.NegativeInfinity;
            sum += probabilities[token];
        }
    }
}
