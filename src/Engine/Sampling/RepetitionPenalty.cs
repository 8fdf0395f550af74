namespace LlmRabbitHoles.Sampling;

/// <summary>Makes tokens that are already in the text less likely; a token that occurs twice counts once.</summary>
/// <remarks>Keskar et al. 2019 (CTRL), arXiv:1909.05858, section 4.1.</remarks>
/// <param name="penalty">Above 1 discourages, below 1 encourages.</param>
public sealed class RepetitionPenalty(double penalty) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"repetition penalty {penalty:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var seen = new HashSet<int>();
        foreach (var token in history)
        {
            if (!seen.Add(token)) continue;
            logits[token] = (float)(logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty);
        }
    }
}
