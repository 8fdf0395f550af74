namespace LlmRabbitHoles.Sampling;

/// <summary>Subtracts the penalty once from the logit of every token that was generated, however often it was.</summary>
/// <remarks>OpenAI's <c>presence_penalty</c>: logit - (count > 0 ? penalty : 0). As there and in vLLM, only generated tokens
/// count: words of the prompt are not punished.</remarks>
/// <param name="penalty">Above 0 discourages repetition, below 0 encourages it.</param>
public sealed class PresencePenalty(double penalty) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"presence penalty {penalty:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var seen = new HashSet<int>();
        foreach (var token in history[promptLength..])
            if (seen.Add(token))
                logits[token] -= (float)penalty;
    }
}
