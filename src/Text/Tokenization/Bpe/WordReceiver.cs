using LlmRabbitHoles.Tokenization.PreTokenization;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Takes the words of a text, and the added tokens between them, in order.</summary>
internal abstract class WordReceiver : PieceReceiver
{
    /// <summary>Takes an added token and the text that it covers.</summary>
    /// <returns>False: nothing further is wanted.</returns>
    public abstract bool TakeAdded(Piece piece, AddedToken token);
}

/// <summary>Takes the tokens of a text, word by word.</summary>
internal abstract class TokenReceiver(WordModel model) : WordReceiver
{
    /// <summary>Makes the tokens.</summary>
    protected WordModel Model => model;

    /// <summary>The tokens that there are.</summary>
    protected Vocabulary Vocabulary => model.Vocabulary;

    public sealed override bool Take(Piece piece) => Take(piece, model.Encode(piece.Text));

    public sealed override bool TakeAdded(Piece piece, AddedToken token)
    {
        var id = token.Id;
        return Take(piece, new ReadOnlySpan<int>(in id));
    }

    /// <summary>Takes the tokens of one word.</summary>
    /// <returns>False: no further word is wanted.</returns>
    protected abstract bool Take(Piece word, ReadOnlySpan<int> tokens);
}
