namespace LlmRabbitHoles.Model;

/// <summary>The table with one row per token: looked up on the way in and, where embeddings are tied,
/// multiplied by on the way out.</summary>
/// <remarks>Tying: Press and Wolf 2017, arXiv:1608.05859.</remarks>
internal sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _table;

    /// <summary>An embedding with this table.</summary>
    /// <param name="table">[vocab, hidden]</param>
    public TokenEmbedding(Parameter table) : base(nameof(TokenEmbedding))
    {
        _table = table;
        RegisterComponents();
    }

    /// <summary>[vocab, hidden], owned by the model.</summary>
    public Tensor Table => _table;

    /// <param name="tokens">[batch, time] int64</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var rows = _table.index_select(0, tokens.reshape(-1));
        return rows.view(tokens.shape[0], tokens.shape[1], -1).MoveToOuterDisposeScope();
    }

    /// <summary>The dot product of a hidden state with every token's row.</summary>
    /// <param name="hidden">[batch, time, hidden]</param>
    /// <returns>[batch, time, vocab]</returns>
    public Tensor Unembed(Tensor hidden) => nn.functional.linear(hidden, _table);
}
