using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>Trains an embedding table as one row for each word and one vector for the space before it: " cat" is "cat" plus the space.
/// A word that is common with its space and rare without it then learns both at once, and a model can copy one as the other.</summary>
/// <remarks>The table stays an ordinary one that any tool can load.</remarks>
public sealed class WordEmbedding : IDisposable
{
    private readonly Tensor _table;
    private readonly Tensor _wordOf;
    private readonly Tensor _spaces;
    private readonly Parameter _words;
    private readonly Parameter _space;

    /// <summary>Splits a table into words and a space, and writes their sum back. Words keep their rows without the space.</summary>
    /// <param name="table">[vocab, hidden]; written to. The caller owns it.</param>
    /// <param name="tokenizer">Its merges tell which tokens are a space and another token.</param>
    public WordEmbedding(Tensor table, ByteLevelBpe tokenizer)
    {
        var wordOf = WordOf(tokenizer, (int)table.shape[0]);
        var spaced = wordOf.Where((word, token) => word != token).Count();
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _table = table;
        _wordOf = Owned(tensor(wordOf).to(table.device));
        _spaces = Owned(tensor(wordOf.Select((word, token) => word == token ? 0f : 1f).ToArray()).to(table.device));
        _words = nn.Parameter(Owned(table.clone()));
        _space = nn.Parameter(Owned((table - table.index_select(0, _wordOf)).sum(dim: 0).div_(Math.Max(1, spaced))));
        WriteTable();
    }

    /// <summary>The words [vocab, hidden], where rows of tokens with a space are unused, and the space [hidden].</summary>
    public IEnumerable<(string Name, Parameter Value)> Parts => [("embed_tokens.words", _words), ("embed_tokens.space", _space)];

    /// <summary>Splits the table's gradient between the words and the space.</summary>
    public void ShareGradient()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        if (_table.grad is not { } gradient) return;
        _words.grad = gradient.zeros_like().index_add_(0, _wordOf, gradient, 1);
        _space.grad = gradient.t().mv(_spaces);
    }

    /// <summary>Writes the sum of word and space into the table.</summary>
    public void WriteTable()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _table.copy_(_words.index_select(0, _wordOf).add_(_spaces.outer(_space)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new[] { _wordOf, _spaces, _words, _space }) part.Dispose();
    }

    private static Tensor Owned(Tensor tensor) => tensor.DetachFromDisposeScope();

    /// <summary>Maps each token to the token without its space, or to itself.</summary>
    private static long[] WordOf(ByteLevelBpe tokenizer, int count)
    {
        var words = Enumerable.Range(0, count).Select(token => (long)token).ToArray();
        foreach (var merge in tokenizer.Merges.Where(merge => tokenizer.Piece(merge.Left) == " " && merge.Result < count))
            words[merge.Result] = merge.Right;
        return words;
    }
}
