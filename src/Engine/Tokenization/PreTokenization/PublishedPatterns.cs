namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Chooses how to match a splitting pattern: by hand where it is one of the published ones, else by regular expression.</summary>
internal static class PublishedPatterns
{
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static IPattern For(string pattern) => pattern switch
    {
        Gpt2Scanner.Pattern => new Gpt2Scanner(),
        Llama3Scanner.ThreeDigits => new Llama3Scanner(3),
        Llama3Scanner.OneDigit => new Llama3Scanner(1),
        _ => new RegexPattern(pattern),
    };
}
