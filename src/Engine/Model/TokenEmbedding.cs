namespace LlmRabbitHoles.Model;

/// <summary>The plain table of token vectors.</summary>
internal sealed class TokenEmbedding : nn.Module<Tensor, Tensor>, ITokenTable
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

    /// <inheritdoc/>
    public Tensor Table => _table;

    /// <param name="tokens">[batch, time] int64</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var rows = _table.index_select(0, tokens.reshape(-1));
        return rows.view(tokens.shape[0], tokens.shape[1], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor tokens) => call(tokens);

    /// <inheritdoc/>
    public Tensor Unembed(Tensor hidden) => nn.functional.linear(hidden, _table);
}
