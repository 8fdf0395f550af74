using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Training;

/// <summary>An embedding table that is learned as one row a word and one vector for the space before it: " cat" is "cat" plus the space.
/// What is learned of a word where it is common then holds where it is rare, and a word can be copied into other surroundings.</summary>
/// <remarks>The table itself stays one that any tool can load. It takes over the rows of the words without their space.</remarks>
public sealed class WordEmbedding : IDisposable
{
    private readonly Tensor _table;
    private readonly Tensor _wordOf;
    private readonly Tensor _spaces;
    private readonly Parameter _words;
    private readonly Parameter _space;

    /// <summary>Splits a table, which becomes the sum of its parts.</summary>
    /// <param name="table">[vocab, hidden]; lent, and written to.</param>
    /// <param name="tokenizer">Says which tokens are a space and another token.</param>
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

    /// <summary>
    /// Name and value: the words' rows, [vocab, hidden], of which those of spaced tokens are not used; and the space, [hidden].
    /// </summary>
    public IEnumerable<(string Name, Parameter Value)> Parts => [("embed_tokens.words", _words), ("embed_tokens.space", _space)];

    /// <summary>Gives each part its share of the table's gradient.</summary>
    public void ShareGradient()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        if (_table.grad is not { } gradient) return;
        _words.grad = gradient.zeros_like().index_add_(0, _wordOf, gradient, 1);
        _space.grad = gradient.t().mv(_spaces);
    }

    /// <summary>Makes the table the sum of its parts.</summary>
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

    /// <summary>For each token the one without its space, or itself.</summary>
    private static long[] WordOf(ByteLevelBpe tokenizer, int count)
    {
        var words = Enumerable.Range(0, count).Select(token => (long)token).ToArray();
        foreach (var merge in tokenizer.Merges.Where(merge => tokenizer.Piece(merge.Left) == " " && merge.Result < count))
            words[merge.Result] = merge.Right;
        return words;
    }
}
