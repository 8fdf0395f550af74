namespace LlmRabbitHoles.Tokenization.PreTokenization;

/// <summary>A stretch of text on its way to becoming tokens; it knows where in the text it stands.</summary>
internal readonly ref struct Piece
{
    private readonly bool _isPrefixed;

    /// <param name="text">Valid UTF-16.</param>
    /// <param name="start">Where the stretch starts in the normalized text.</param>
    /// <param name="isPrefixed">The first character was put before the text, so it has no place there.</param>
    public Piece(ReadOnlySpan<char> text, int start, bool isPrefixed = false)
    {
        Text = text;
        Start = start;
        _isPrefixed = isPrefixed;
    }

    /// <summary>The characters.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Where they start in the normalized text.</summary>
    public int Start { get; }

    /// <summary>A part of the piece.</summary>
    public Piece Slice(int start, int end) => new(Text[start..end], PlaceOf(start), _isPrefixed && start == 0);

    /// <summary>Where a character of the piece stands in the normalized text.</summary>
    public int PlaceOf(int index) => _isPrefixed && index > 0 ? Start + index - 1 : Start + index;
}

/// <summary>Takes pieces of a text one by one, in order. Serves one text, so it may keep a state.</summary>
internal abstract class PieceReceiver
{
    /// <summary>Takes the next piece.</summary>
    /// <param name="piece">Not empty; gone when the call returns.</param>
    /// <returns>False: no further piece is wanted.</returns>
    public abstract bool Take(Piece piece);
}
