using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>The weights of a model that has learned nothing yet: small random numbers, gains of one, biases of zero.</summary>
/// <remarks>Embeddings are Normal(0, 0.02), as GPT-2's (Radford et al. 2019). A matrix is Normal(0, 1 / sqrt(inputs)), so that what comes
/// out is as large as what goes in (Glorot and Bengio 2010); the projections that write into the residual stream start at a fiftieth of
/// that, so that a layer first passes on what it reads (Zhang et al. 2019, arXiv:1901.09321).</remarks>
/// <param name="seed">Same seed, same weights.</param>
public sealed class InitialWeights(long seed) : IWeightSource, IDisposable
{
    private const double EmbeddingDeviation = 0.02;
    private const double ResidualShare = 0.02;

    private readonly Generator _generator = new((ulong)seed);

    /// <inheritdoc/>
    public Tensor Get(string name, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (name.EndsWith(".bias", StringComparison.Ordinal)) return zeros(shape);
        if (name.Contains("norm", StringComparison.Ordinal)) return ones(shape);
        return randn(shape, generator: _generator).mul_(Deviation(name, inputs: shape[^1]));
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();

    private static double Deviation(string name, long inputs)
    {
        if (name.Contains("embed_", StringComparison.Ordinal)) return EmbeddingDeviation;
        var writesToResidual = name.EndsWith("o_proj.weight", StringComparison.Ordinal)
            || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
        return (writesToResidual ? ResidualShare : 1) / Math.Sqrt(inputs);
    }
}
