using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>The weights of a new model: small random numbers, gains of one, biases of zero.</summary>
/// <remarks>Embeddings are Normal(0, 0.02), as GPT-2's (Radford et al. 2019). A matrix is Normal(0, 1 / sqrt(inputs)), so that outputs
/// are as large as inputs (Glorot and Bengio 2010); the projections that write into the residual stream start at a fiftieth of
/// that, so that a layer first passes on what it reads (Zhang et al. 2019, arXiv:1901.09321).</remarks>
/// <param name="seed">The same seed gives the same weights.</param>
public sealed class InitialWeights(long seed) : IWeightSource, IDisposable
{
    private const double Embeddings = 0.02;
    private const double WritingShare = 0.02;

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
        if (name.Contains("embed_", StringComparison.Ordinal)) return Embeddings;
        var writesToTheStream = name.EndsWith("o_proj.weight", StringComparison.Ordinal)
            || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
        return (writesToTheStream ? WritingShare : 1) / Math.Sqrt(inputs);
    }
}
