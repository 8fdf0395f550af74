namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>Rewrites text before it is cut into words, so that different spellings of one text get the same tokens.</summary>
internal interface INormalizer
{
    /// <param name="text">Valid UTF-16.</param>
    /// <returns>The rewritten text, or the same string where nothing changes.</returns>
    string Normalize(string text);
}
