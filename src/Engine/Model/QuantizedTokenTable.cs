using LlmRabbitHoles.Quantization;

namespace LlmRabbitHoles.Model;

/// <summary>A table of token vectors that is quantized; rows are decoded as tokens ask for them.</summary>
internal sealed class QuantizedTokenTable : nn.Module<Tensor, Tensor>, ITokenTable, IQuantizedPart
{
    private readonly QuantizedMatrix _matrix;
    private Tensor? _expanded;

    /// <summary>A table of these rows.</summary>
    /// <param name="matrix">[vocab, hidden]; the table becomes its owner.</param>
    public QuantizedTokenTable(QuantizedMatrix matrix) : base(nameof(QuantizedTokenTable)) => _matrix = matrix;

    /// <inheritdoc/>
    public QuantizedMatrix Weight => _matrix;

    /// <inheritdoc/>
    /// <remarks>For who looks at all vectors at once: it expands the table, and keeps it. Nothing in a forward does.</remarks>
    public Tensor Table => _expanded ??= _matrix.Decode(0, _matrix.Rows).DetachFromDisposeScope();

    /// <inheritdoc/>
    public Tensor Embed(Tensor tokens) => call(tokens);

    /// <param name="tokens">[batch, time] int64</param>
    /// <returns>[batch, time, hidden] float32</returns>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return _matrix.DecodeRows(tokens.reshape(-1)).view(tokens.shape[0], tokens.shape[1], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Unembed(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return _matrix.Product(hidden.reshape(-1, _matrix.Columns)).view([.. hidden.shape[..^1], _matrix.Rows]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _matrix.Dispose();
            _expanded?.Dispose();
        }
        base.Dispose(disposing);
    }
}
