namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Finds the places in a text where a pre-tokenizer splits.</summary>
internal interface IPattern
{
    /// <summary>Finds the matches in a piece of text, from left to right, as if nothing stood around the piece.</summary>
    /// <param name="piece">Where to look.</param>
    /// <param name="matches">Gets each match as it is found.</param>
    /// <returns>False where <paramref name="matches"/> wanted no more.</returns>
    bool Find(Piece piece, IMatchReceiver matches);
}

/// <summary>Takes the matches of a pattern one by one, in order.</summary>
internal interface IMatchReceiver
{
    /// <summary>Takes the match from <paramref name="start"/> to before <paramref name="end"/> of the piece.</summary>
    /// <returns>False: no further match is wanted.</returns>
    bool Match(Piece piece, int start, int end);
}
