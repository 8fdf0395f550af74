namespace LlmRabbitHoles.Sampling;

/// <summary>Rules out all but the k likeliest tokens; of equals at the border, all stay.</summary>
/// <remarks>Fan et al. 2018, arXiv:1805.04833.</remarks>
/// <param name="k">At least 1.</param>
public sealed class TopK(int k) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"top-k {k}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        if (k >= logits.Length) return;
        var smallestKept = KthLargest(logits);
        foreach (ref var logit in logits)
            if (logit < smallestKept)
                logit = float.NegativeInfinity;
    }

    private float KthLargest(ReadOnlySpan<float> logits)
    {
        var best = new PriorityQueue<float, float>(k);
        foreach (var logit in logits)
        {
            if (best.Count < k) best.Enqueue(logit, logit);
            else if (logit > best.Peek()) best.EnqueueDequeue(logit, logit);
        }
        return best.Peek();
    }
}
