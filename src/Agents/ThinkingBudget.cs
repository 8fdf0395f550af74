using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Agents;

/// <summary>Limits the thoughts of a model by the marks of its chat format.</summary>
public static class ThinkingBudget
{
    /// <summary>At most so many tokens inside the model's thought marks; then the thought is closed and the answer goes on.</summary>
    /// <param name="model">Has a tokenizer.</param>
    /// <param name="tokens">0 or more.</param>
    /// <returns>Null where the model marks no thoughts, so that there is nothing to limit.</returns>
    public static ThoughtBudget? For(LanguageModel model, int tokens)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ChatFormat.Thought is { Close: { } close } marks
            && model.Tokenizer.IdOf(marks.Open) is { } openId && model.Tokenizer.IdOf(close) is { } closeId
            ? new ThoughtBudget(openId, closeId, tokens)
            : null;
    }
}
