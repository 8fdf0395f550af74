namespace LlmRabbitHoles.Model;

/// <summary>A learned vector for each place, added to the token's.</summary>
/// <remarks>Radford et al. 2018 (GPT); the table's length is the longest text the model can read.</remarks>
public sealed class LearnedPositions : nn.Module<Tensor, Tensor>, IPositions
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _table;

    /// <summary>Positions with this table.</summary>
    /// <param name="table">[contextLength, hidden]</param>
    public LearnedPositions(Parameter table) : base(nameof(LearnedPositions))
    {
        _table = table;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, int past)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var places = _table.narrow(0, past, x.shape[1]);
        return x + places;
    }

    /// <inheritdoc/>
    public Tensor Rotate(Tensor heads, int past)
    {
        ArgumentNullException.ThrowIfNull(heads);
        return heads.alias();
    }

    /// <param name="x">[batch, time, hidden], at the start of a text.</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x) => Embed(x, past: 0);
}
