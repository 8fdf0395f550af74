namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>A text and the pieces that it has been cut into so far.</summary>
internal sealed class PieceList(string text)
{
    /// <summary>What the pieces are pieces of.</summary>
    public string Text { get; } = text;

    /// <summary>The pieces in order; none is empty, and what lies between two of them is left out.</summary>
    public List<PieceRange> Ranges { get; } = [];

    /// <summary>A text in one piece.</summary>
    public static PieceList Whole(string text)
    {
        var pieces = new PieceList(text);
        pieces.Add(0, text.Length);
        return pieces;
    }

    /// <summary>Adds a piece; an empty one is left out.</summary>
    public void Add(int start, int end)
    {
        if (end > start) Ranges.Add(new PieceRange(start, end));
    }

    /// <summary>The characters of a piece.</summary>
    public ReadOnlySpan<char> this[PieceRange range] => Text.AsSpan(range.Start, range.End - range.Start);
}

/// <summary>Characters from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
internal readonly record struct PieceRange(int Start, int End);
