namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>Matches a fixed text.</summary>
/// <param name="literal">Not empty.</param>
internal sealed class LiteralPattern(string literal) : IPattern
{
    public void Find(string text, PieceRange stretch, List<PieceRange> matches)
    {
        for (var from = stretch.Start; ;)
        {
            var offset = text.AsSpan(from, stretch.End - from).IndexOf(literal, StringComparison.Ordinal);
            if (offset < 0) return;
            matches.Add(new PieceRange(from + offset, from + offset + literal.Length));
            from += offset + literal.Length;
        }
    }
}
