namespace LlmRabbitHoles.Sampling;

/// <summary>Locally typical sampling: keeps the tokens whose surprise is nearest to the expected one, until they sum to p.</summary>
/// <remarks>Meister et al. 2022, arXiv:2202.00666, eq. 11: the surprise of a token is -ln(probability), and the expected one is
/// the entropy. A token that is far too likely is ruled out as well as one that is far too unlikely.</remarks>
/// <param name="p">Above 0, at most 1.</param>
public sealed class TypicalP(double p) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"typical {p:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        if (p >= 1) return;
        var probabilities = Softmax.Of(logits);
        var entropy = probabilities.Sum(x => x == 0 ? 0 : -x * Math.Log(x));
        SmallestSet.Keep(logits, probabilities, p, probability => Math.Abs(-Math.Log(probability) - entropy));
    }
}
