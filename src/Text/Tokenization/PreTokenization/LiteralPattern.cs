namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Matches a fixed text.</summary>
/// <param name="literal">Not empty.</param>
internal sealed class LiteralPattern(string literal) : IPattern
{
    public bool Find(Piece piece, IMatchReceiver matches)
    {
        for (var from = 0; ;)
        {
            var offset = piece.Text[from..].IndexOf(literal, StringComparison.Ordinal);
            if (offset < 0) return true;
            if (!matches.Match(piece, from + offset, from + offset + literal.Length)) return false;
            from += offset + literal.Length;
        }
    }
}
