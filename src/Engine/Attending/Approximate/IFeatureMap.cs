namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>
/// Features whose dot product stands for exp(q k / sqrt(headDim)): then sums over keys come first, and cost grows with time, not time^2.
/// </summary>
/// <remarks>Katharopoulos et al. 2020, arXiv:2006.16236, section 3.2. Each feature is positive, so weights are positive too.</remarks>
public interface IFeatureMap
{
    /// <summary>Features of queries; a factor that all features of one query share has no effect.</summary>
    /// <param name="q">[..., headDim] float32</param>
    /// <returns>[..., features] float32, above 0.</returns>
    Tensor OfQueries(Tensor q);

    /// <summary>Features of keys; a factor that all keys share has no effect.</summary>
    /// <param name="k">[..., headDim] float32</param>
    /// <returns>[..., features] float32, above 0.</returns>
    Tensor OfKeys(Tensor k);
}

/// <summary>elu(x) + 1, as many features as headDim: cheap, and another attention than the softmax, for models trained with it.</summary>
/// <remarks>Katharopoulos et al. 2020, arXiv:2006.16236, eq. 7. Its error against softmax attention does not fall with anything.</remarks>
public sealed class EluFeatures : IFeatureMap
{
    /// <summary>The only instance: it has no state.</summary>
    public static EluFeatures Default { get; } = new();

    private EluFeatures()
    {
    }

    /// <inheritdoc/>
    public Tensor OfQueries(Tensor q) => OfKeys(q);

    /// <inheritdoc/>
    public Tensor OfKeys(Tensor k)
    {
        using var scope = NewDisposeScope();
        return (nn.functional.elu(k, 1) + 1).MoveToOuterDisposeScope();
    }
}
