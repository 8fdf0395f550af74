namespace LlmRabbitHoles.Alice;

/// <summary>Parts names, words and questions into those that training may use and those that only the evaluation asks for.</summary>
/// <remarks>A fixed hash of the text decides, so no list has to be kept and nothing can stand on both sides.</remarks>
internal static class HeldOut
{
    private const uint OneIn = 8;

    /// <summary>Whether a text is kept for the evaluation; letters and digits decide, in any case.</summary>
    public static bool Is(string text) => ((uint)CorpusBuilder.HashCode(CorpusBuilder.Normalized(text)) >> 8) % OneIn == 0;

    /// <summary>Draws until the text is on the wanted side.</summary>
    public static string Draw(bool heldOut, Func<string> draw)
    {
        while (true)
        {
            var text = draw();
            if (Is(text) == heldOut)
                return text;
        }
    }

    /// <summary>Whether a text holds a wording that is kept, whatever stands before and after it; "what's" counts as "what is".</summary>
    public static bool Holds(string text, string kept) => $" {Full(text)} ".Contains($" {Full(kept)} ", StringComparison.Ordinal);

    private static string Full(string text) => CorpusBuilder.Normalized(text.Replace("'s ", " is ", StringComparison.OrdinalIgnoreCase));
}
