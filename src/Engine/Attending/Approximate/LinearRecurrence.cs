using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>
/// Linear attention as a recurrent network: the only memory of all earlier tokens is one matrix of [features, headDim + 1] for each head,
/// and each token costs the same.
/// </summary>
/// <remarks>Katharopoulos et al. 2020, arXiv:2006.16236, eq. 16 to 20: s = s + f(k) v^T, output = f(q) s / f(q) z; here z is the last
/// column of s. Equal to <see cref="LinearAttention"/>, token by token.</remarks>
public sealed class LinearRecurrence : IDisposable
{
    private readonly IFeatureMap _features;
    private Tensor? _state;    // [batch, kvHeads, features, headDim + 1]

    /// <summary>A memory without any token.</summary>
    /// <param name="features">Stays the caller's.</param>
    public LinearRecurrence(IFeatureMap features)
    {
        ArgumentNullException.ThrowIfNull(features);
        _features = features;
    }

    /// <summary>Bytes of the memory; they do not grow with the text.</summary>
    public long Bytes => _state is null ? 0 : _state.numel() * _state.element_size();

    /// <summary>Reads one token and attends with it.</summary>
    /// <param name="q">[batch, heads, headDim]</param>
    /// <param name="k">[batch, kvHeads, headDim]</param>
    /// <param name="v">[batch, kvHeads, headDim]</param>
    /// <returns>[batch, heads, headDim]</returns>
    public Tensor Step(Tensor q, Tensor k, Tensor v)
    {
        ArgumentNullException.ThrowIfNull(q);
        ArgumentNullException.ThrowIfNull(k);
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        var added = _features.OfKeys(k.to(ScalarType.Float32)).unsqueeze(-1) * LinearAttention.WithOnes(v).unsqueeze(-2);
        var state = (_state is null ? added.clone() : _state + added).DetachFromDisposeScope();
        _state?.Dispose();
        _state = state;
        var asked = _features.OfQueries(q.to(ScalarType.Float32).reshape(q.shape[0], k.shape[1], -1, q.shape[2]));
        return LinearAttention.Divided(asked.Product(state)).view(q.shape).to(q.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _state?.Dispose();
}
