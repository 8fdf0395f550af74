using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class ProbabilityBars
{
    /// <summary>Bars for the likeliest tokens of the tokenizer's vocabulary, and one for all others.</summary>
    /// <param name="logits">[vocab], before the softmax; -∞ stands for a token that was ruled out.</param>
    /// <param name="tokenizer">Gives the tokens' text.</param>
    /// <param name="top">How many to show.</param>
    /// <exception cref="ArgumentException">A logit is NaN or +∞, or none is finite.</exception>
    public static ProbabilityBars FromLogits(IReadOnlyList<float> logits, Tokenizer tokenizer, int top = 10)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        // A model's vocabulary may be padded beyond the tokenizer's.
        return FromLogits(
            logits, id => tokenizer is ByteLevelBpe bpe && id >= bpe.VocabularySize ? $"<no token {id}>" : tokenizer.Piece(id), top);
    }
}
