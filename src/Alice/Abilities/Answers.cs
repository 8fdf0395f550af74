namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>How an answer is searched for what it must hold.</summary>
internal static class Answers
{
    /// <summary>Whether these words stand in the text as whole words, in any case.</summary>
    public static bool HasWords(this string text, string words)
    {
        for (var at = 0; (at = text.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }
        return false;
    }
}
