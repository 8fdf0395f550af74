namespace LlmRabbitHoles.Sampling;

/// <summary>Adds a value to the logits of chosen tokens; minus infinity bans a token.</summary>
/// <remarks>OpenAI's <c>logit_bias</c>: https://platform.openai.com/docs/api-reference/chat/create.</remarks>
/// <param name="bias">Token id to the value added.</param>
public sealed class LogitBias(IReadOnlyDictionary<int, double> bias) : ILogitStep
{
    /// <inheritdoc/>
    public string Name => bias.Count == 1 ? "logit bias of 1 token" : $"logit bias of {bias.Count} tokens";

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history, int promptLength = 0)
    {
        Check(bias, logits.Length);
        foreach (var (token, added) in bias) logits[token] += (float)added;
    }

    /// <summary>Refuses a bias for a token that the vocabulary does not have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary; the message names it.</exception>
    internal static void Check(IReadOnlyDictionary<int, double>? bias, int vocabulary)
    {
        foreach (var token in bias?.Keys ?? [])
        {
            if (token < 0 || token >= vocabulary)
                throw new ArgumentOutOfRangeException(nameof(bias), token,
                    $"The logit bias names token {token}, and the model's vocabulary goes from 0 to {vocabulary - 1}. " +
                    "Was the id made with another tokenizer?");
        }
    }
}
