using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Lessons.Displays;

public sealed partial class TokenStrip
{
    /// <summary>A text, split by the tokenizer.</summary>
    public static TokenStrip Of(Tokenizer tokenizer, string text)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Of(tokenizer, tokenizer.Encode(text));
    }

    /// <summary>Tokens of the tokenizer.</summary>
    public static TokenStrip Of(Tokenizer tokenizer, IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        int[] tokens = [.. ids];
        return Of(tokens.Select(tokenizer.Piece), tokens, tokenizer.SpecialTokens.Values);
    }
}
