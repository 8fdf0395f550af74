namespace LlmRabbitHoles.Quantization;

/// <summary>What the inputs of a projection were like over some text.</summary>
public sealed class InputStatistics : IDisposable
{
    private readonly Tensor _gram, _magnitude;

    /// <summary>Of no inputs yet.</summary>
    /// <param name="columns">Width of an input.</param>
    public InputStatistics(long columns)
    {
        _gram = zeros([columns, columns], ScalarType.Float64).DetachFromDisposeScope();
        _magnitude = zeros([columns], ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <summary>Inputs that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds inputs.</summary>
    /// <param name="x">[..., columns]</param>
    public void Add(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var rows = x.detach().reshape(-1, _gram.shape[0]).to(ScalarType.Float64).cpu();
        _gram.add_(rows.t().mm(rows));
        _magnitude.add_(rows.abs().sum([0]));
        Count += rows.shape[0];
    }

    /// <summary>The mean of x xᵀ over all inputs.</summary>
    /// <returns>[columns, columns] float64, owned by the caller's scope.</returns>
    public Tensor Gram() => _gram / Math.Max(1, Count);

    /// <summary>The mean magnitude of each input channel.</summary>
    /// <returns>[columns] float64, owned by the caller's scope.</returns>
    public Tensor Magnitude() => _magnitude / Math.Max(1, Count);

    /// <summary>By how much a changed weight changes the outputs: the mean of |(W - W') x|² over all inputs.</summary>
    /// <param name="difference">[rows, columns]: W - W'.</param>
    public double Error(Tensor difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        using var scope = NewDisposeScope();
        var wide = difference.to(ScalarType.Float64);
        return (wide.mm(Gram()) * wide).sum().item<double>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gram.Dispose();
        _magnitude.Dispose();
    }
}
