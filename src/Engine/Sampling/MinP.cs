namespace LlmRabbitHoles.Sampling;

/// <summary>Rules out tokens that are less probable than a share of the likeliest one.</summary>
/// <remarks>Nguyen et al. 2024, arXiv:2407.01082. In logits: max + ln(share) is the border.</remarks>
/// <param name="share">From 0 to 1.</param>
public sealed class MinP(double share) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"min-p {share:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var border = System.Numerics.Tensors.TensorPrimitives.Max(logits) + Math.Log(share);
        foreach (ref var logit in logits)
            if (logit < border)
                logit = float.NegativeInfinity;
    }
}
