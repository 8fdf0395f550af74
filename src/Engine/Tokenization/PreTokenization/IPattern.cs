namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Finds the places in a text where a pre-tokenizer cuts.</summary>
internal interface IPattern
{
    /// <summary>Finds the matches in a stretch of text, from left to right, as if nothing stood around the stretch.</summary>
    /// <param name="text">Valid UTF-16.</param>
    /// <param name="stretch">Where to look.</param>
    /// <param name="matches">Gets the matches, in characters of <paramref name="text"/>.</param>
    void Find(string text, PieceRange stretch, List<PieceRange> matches);
}
