using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>Weights before training: small random matrices, gains of 1, biases of 0.</summary>
/// <remarks>Embeddings have a standard deviation of 0.02, as in GPT-2 (Radford et al. 2019). Matrices have 1 / sqrt(inputs), so that
/// outputs are about as large as inputs (Glorot and Bengio 2010). Projections into the residual stream start at a fiftieth of that, so
/// that a new layer barely changes the stream (Zhang et al. 2019, arXiv:1901.09321).</remarks>
/// <param name="seed">The same seed gives the same weights.</param>
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
