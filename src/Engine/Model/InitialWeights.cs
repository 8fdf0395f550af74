namespace LlmRabbitHoles.Model;

/// <summary>The weights of a model that has learned nothing yet: small random numbers, gains of one, biases of zero.</summary>
/// <remarks>Normal(0, 0.02) as GPT-2 does; the projections that write into the residual stream are divided by
/// sqrt(2 x layers), so that depth does not blow the stream up (Radford et al. 2019, section 2.3).</remarks>
/// <param name="layers">Layers of the model.</param>
/// <param name="seed">Same seed, same weights.</param>
public sealed class InitialWeights(int layers, long seed) : IWeightSource, IDisposable
{
    private const double StandardDeviation = 0.02;

    private readonly Generator _generator = new((ulong)seed);

    /// <inheritdoc/>
    public Tensor Get(string name, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.EndsWith(".bias", StringComparison.Ordinal)) return zeros(shape);
        if (name.Contains("norm", StringComparison.Ordinal)) return ones(shape);
        var writesToTheStream = name.EndsWith("o_proj.weight", StringComparison.Ordinal)
            || name.EndsWith("down_proj.weight", StringComparison.Ordinal);
        var deviation = writesToTheStream ? StandardDeviation / Math.Sqrt(2.0 * layers) : StandardDeviation;
        return randn(shape, generator: _generator).mul_(deviation);
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();
}
