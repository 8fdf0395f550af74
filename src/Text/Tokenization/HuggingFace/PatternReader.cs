using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads the <c>pattern</c> of a pre-tokenizer or a normalizer.</summary>
internal static class PatternReader
{
    /// <summary>Reads a fixed text or a regular expression.</summary>
    public static IPattern Read(JsonPart part)
    {
        if (part["String"].TextOrNull() is { } literal)
            return literal.Length > 0 ? new LiteralPattern(literal) : throw part.Error("is empty; there is nothing to look for.");
        var expression = part["Regex"];
        return ForExpression(expression.Text(), TokenizerPlace.Of(expression));
    }

    /// <summary>Chooses how to match an expression: by hand where it is one of the published ones, else as a regular expression.</summary>
    /// <exception cref="TokenizerException">It is not a regular expression, or one that .NET doesn't know.</exception>
    public static IPattern ForExpression(string pattern, TokenizerPlace place) => pattern switch
    {
        Gpt2Scanner.Pattern => new Gpt2Scanner(),
        Llama3Scanner.ThreeDigits => new Llama3Scanner(3),
        Llama3Scanner.OneDigit => new Llama3Scanner(1),
        _ => new RegexPattern(pattern, place),
    };
}
