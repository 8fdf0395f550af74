using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Attending;

/// <summary>How the products of queries and keys become scores: by a scale, and perhaps a soft cap, before the mask.</summary>
/// <remarks>Vaswani et al. 2017, eq. 1; caps: Gemma 2, arXiv:2408.00118.</remarks>
internal sealed class AttentionScores
{
    /// <summary>q k^T / sqrt(headDim)</summary>
    public static AttentionScores Plain { get; } = new(scalar: null, cap: null);

    private readonly double? _scalar;
    private readonly Func<Tensor, Tensor> _capped;

    private AttentionScores(double? scalar, double? cap) => (_scalar, _capped) = (scalar, SoftCap.Of(cap));

    /// <summary>What the configuration says.</summary>
    public static AttentionScores Of(DecoderConfig config) => new(config.QueryScalar, config.AttentionCap);

    /// <param name="q">[..., headDim]</param>
    /// <returns>[..., headDim]</returns>
    public Tensor Scaled(Tensor q) => q * (1 / Math.Sqrt(_scalar ?? q.shape[^1]));

    /// <param name="scores">Products of scaled queries and keys, of any shape, not yet masked.</param>
    /// <returns>The same shape; the input itself where there is no cap.</returns>
    public Tensor Capped(Tensor scores) => _capped(scores);
}
