using System.Text.RegularExpressions;

namespace LlmRabbitHoles.Tests;

/// <summary>The texts of Golden/tokenizer.json: spaces, digits, code, many alphabets, special tokens and random mixtures.</summary>
internal static partial class TokenizerTexts
{
    /// <summary>Without those that hold half a surrogate pair, which cannot be written in UTF-8.</summary>
    public static string[] WellFormed { get; } =
        [.. GoldenFile.Read("tokenizer.json")
            .GetProperty("texts").EnumerateArray().Where(text => !HalfPair().IsMatch(text.GetRawText())).Select(text => text.GetString()!)];

    [GeneratedRegex(@"\\u[dD][89a-fA-F]")]
    private static partial Regex HalfPair();
}
