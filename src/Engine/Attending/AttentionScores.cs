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

    /// <summary>Scores of a model.</summary>
    /// <param name="scalar">Its root divides queries; null: headDim.</param>
    /// <param name="cap">Scores stay between -cap and cap; null: there is none.</param>
    public static AttentionScores Of(double? scalar, double? cap) => scalar is null && cap is null ? Plain : new(scalar, cap);

    /// <param name="q">[..., headDim]</param>
    /// <returns>[..., headDim]</returns>
    public Tensor Scaled(Tensor q) => q * (1 / Math.Sqrt(_scalar ?? q.shape[^1]));

    /// <param name="scores">Products of scaled queries and keys, of any shape, not yet masked.</param>
    /// <returns>The same shape; the input itself where there is no cap.</returns>
    public Tensor Capped(Tensor scores) => _capped(scores);
}
