namespace LlmRabbitHoles.Model;

/// <summary>How a vector is brought to unit scale before a sublayer.</summary>
public enum NormKind
{
    /// <summary>Divide by the root mean square, then scale. Zhang and Sennrich 2019, arXiv:1910.07467.</summary>
    RmsNorm,

    /// <summary>Subtract the mean, divide by the standard deviation, then scale and shift. Ba et al. 2016, arXiv:1607.06450.</summary>
    LayerNorm,
}
