namespace LlmRabbitHoles.Tokenization.Normalization;

/// <summary>Rewrites text before it is split into words, so that different spellings of one text get the same tokens.</summary>
internal interface INormalizer
{
    /// <param name="text">Valid UTF-16.</param>
    /// <param name="most">How many characters the result may have.</param>
    /// <returns>The rewritten text, or the same string where nothing changes.</returns>
    /// <exception cref="TokenizerException">The result would have more.</exception>
    string Normalize(string text, int most);
}
