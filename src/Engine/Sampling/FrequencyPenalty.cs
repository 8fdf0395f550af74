namespace LlmRabbitHoles.Sampling;

/// <summary>Subtracts the penalty from a token's logit once for each time that the token was generated.</summary>
/// <remarks>OpenAI's <c>frequency_penalty</c>: logit - count x penalty. As there and in vLLM, only generated tokens count:
/// words of the prompt are not punished.</remarks>
/// <param name="penalty">Above 0 discourages repetition, below 0 encourages it.</param>
public sealed class FrequencyPenalty(double penalty) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => $"frequency penalty {penalty:0.##}";

    /// <inheritdoc/>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        var counts = new Dictionary<int, int>();
        foreach (var token in history[promptLength..]) counts[token] = counts.GetValueOrDefault(token) + 1;
        foreach (var (token, count) in counts) logits[token] -= (float)(count * penalty);
    }
}
