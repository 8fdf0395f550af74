namespace LlmRabbitHoles.Reading;

/// <summary>What a refusal repeats of its input: enough to recognise it, and never a whole file.</summary>
public static class Shortened
{
    /// <summary>A short text unchanged; of a long one the first characters, an ellipsis and its length.</summary>
    /// <param name="text">Of any length.</param>
    /// <param name="most">How many UTF-16 units stay; half a character never does.</param>
    public static string Of(string? text, int most = 80)
    {
        if (text is null || text.Length <= most) return text ?? "";
        var cut = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{text[..cut]}... ({text.Length} characters)";
    }
}
