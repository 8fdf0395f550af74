using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>A learned vector for each position, added to the token's vector.</summary>
/// <remarks>Radford et al. 2018 (GPT); the table has a row for each position, which limits the context.</remarks>
internal sealed class LearnedPositions : nn.Module<Tensor, Tensor>, IPositions
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _table;

    /// <summary>Takes the table of positions.</summary>
    /// <param name="table">[contextLength, hidden]</param>
    public LearnedPositions(Parameter table) : base(nameof(LearnedPositions))
    {
        _table = table;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, Tensor positions)
    {
        using var rows = call(positions);
        return x + rows;
    }

    /// <inheritdoc/>
    public Rotation? RotationAt(Tensor positions, IReadOnlyList<Reach> reaches, ScalarType dtype) => null;

    /// <param name="positions">[batch, time] int64</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor positions)
    {
        using var scope = NewDisposeScope();
        return _table.index_select(0, positions.reshape(-1)).view(positions.shape[0], positions.shape[1], -1).MoveToOuterDisposeScope();
    }
}
