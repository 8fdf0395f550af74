using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>
/// Positive orthogonal random features of the softmax kernel: exp(w x - |x|^2 / 2) for random directions w, whose dot products have
/// exp(q k / sqrt(headDim)) as their mean.
/// </summary>
/// <remarks>Choromanski et al. 2020 (Performer), arXiv:2009.14794, lemma 1 and section 2.4. The error falls with the root of the number of
/// features, but grows with exp(|q|^2 + |k|^2): heads with sharp weights need more features than the text has tokens.</remarks>
public sealed class RandomFeatures : IFeatureMap, IDisposable
{
    private readonly Tensor _directions;    // [headDim, features]
    private readonly double _shift;         // the same for all: keeps exp(|w|^2 / 2) inside float32

    /// <summary>Chooses the directions.</summary>
    /// <param name="headDim">Width of a head.</param>
    /// <param name="features">How many; each headDim of them are orthogonal.</param>
    /// <param name="seed">Chooses them. Default 1.</param>
    /// <param name="device">Of the model; default the CPU.</param>
    public RandomFeatures(int headDim, int features, int seed = 1, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var blocks = Enumerable.Range(0, (features + headDim - 1) / headDim)
            .Select(_ => Rotation(headDim, generator)).ToArray();
        // Orthogonal columns of length 1, given back the lengths that normal vectors have.
        var lengths = randn([headDim, features], generator: generator).square().sum(0, keepdim: true).sqrt();
        _directions = (cat(blocks, 1).narrow(1, 0, features) * lengths).to(device ?? CPU).DetachFromDisposeScope();
        _shift = headDim / 2.0;
    }

    /// <inheritdoc/>
    public Tensor OfQueries(Tensor q)
    {
        using var scope = NewDisposeScope();
        var exponents = Exponents(q);
        return (exponents - exponents.amax([-1], keepdim: true)).exp().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor OfKeys(Tensor k)
    {
        using var scope = NewDisposeScope();
        return (Exponents(k) - _shift).exp().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _directions.Dispose();

    /// <summary>A random orthogonal matrix, all equally likely.</summary>
    /// <remarks>Mezzadri 2007, arXiv:math-ph/0609050: without the signs of R's diagonal, Q's columns lean to one side.</remarks>
    private static Tensor Rotation(int headDim, Generator generator)
    {
        var (q, r) = linalg.qr(randn([headDim, headDim], generator: generator));
        return q * r.diagonal().sign();
    }

    private Tensor Exponents(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var scaled = x * Math.Pow(x.shape[^1], -0.25);    // half of the division by sqrt(headDim), on each side
        return scaled.Product(_directions) - (scaled.square().sum(-1, keepdim: true) / 2);
    }
}
