using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Attending.Approximate;

/// <summary>
/// Rebuilds the matrix of weights from landmarks, which are means of queries and keys: softmax(q k'^T) pinv(softmax(q' k'^T))
/// softmax(q' k^T) v. Cost grows with time x landmarks. Not causal: a landmark mixes tokens from a stretch of text, so it is for whole
/// texts, and refuses a mask.
/// </summary>
/// <remarks>Xiong et al. 2021 (Nystromformer), arXiv:2102.03902, eq. 13. Exact with as many landmarks as tokens and enough steps
/// (A pinv(A) A = A). With few, the error is small where neighbouring tokens are alike, and above 1 where they are not: means of unlike
/// keys say nothing, and the inverse enlarges it. Computes in float64 for its inverse.</remarks>
public sealed class NystromAttention : IAttentionKernel
{
    private readonly int _landmarks;
    private readonly int _steps;

    /// <summary>Rebuilds from so many landmarks.</summary>
    /// <param name="landmarks">Means of equal stretches of the text.</param>
    /// <param name="steps">Steps of the iteration that inverts. Default 6, as in the paper.</param>
    public NystromAttention(int landmarks, int steps = 6)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(landmarks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        (_landmarks, _steps) = (landmarks, steps);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The pass has a mask or earlier tokens.</exception>
    public Tensor Attend(Tensor q, Tensor k, Tensor v, int layer, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(q);
        WholeTexts.Require(pass, nameof(NystromAttention));
        using var scope = NewDisposeScope();
        var (keys, values) = pass.WholeCache(nameof(NystromAttention)).Append(layer, k, v);
        var (batch, kvHeads, time, headDim) = (q.shape[0], keys.shape[1], q.shape[2], q.shape[3]);
        var means = WholeTexts.Means(_landmarks, time, q.device).to(ScalarType.Float64);
        var queries = (q.to(ScalarType.Float64) / Math.Sqrt(headDim)).reshape(batch, kvHeads, -1, time, headDim);
        var known = keys.to(ScalarType.Float64).unsqueeze(2);
        var (fewQueries, fewKeys) = (means.Product(queries), means.Product(known));
        var near = Weights(queries, fewKeys);                // [batch, kvHeads, group, time, landmarks]
        var core = Weights(fewQueries, fewKeys);             // [batch, kvHeads, group, landmarks, landmarks]
        var far = Weights(fewQueries, known);                // [batch, kvHeads, group, landmarks, time]
        var mixed = far.Product(values.to(ScalarType.Float64).unsqueeze(2));
        return near.Product(Inverse(core).Product(mixed)).view(q.shape).to(q.dtype).MoveToOuterDisposeScope();
    }

    private static Tensor Weights(Tensor queries, Tensor keys) => queries.Product(keys.transpose(-2, -1)).softmax(-1);

    /// <summary>The pseudo-inverse by an iteration of matrix products. Few steps leave small singular values out, which would only
    /// enlarge errors.</summary>
    /// <remarks>The paper's eq. 11; Razavi et al. 2014.</remarks>
    private Tensor Inverse(Tensor matrix)
    {
        var (one, turned) = (eye(matrix.shape[^1], dtype: matrix.dtype, device: matrix.device), matrix.transpose(-2, -1));
        var largest = matrix.abs().sum(-2).amax([-1]) * matrix.abs().sum(-1).amax([-1]);
        var inverse = turned / largest.unsqueeze(-1).unsqueeze(-1);
        for (var step = 0; step < _steps; step++)
        {
            var product = matrix.Product(inverse);
            inverse = inverse.Product(13 * one - product.Product(15 * one - product.Product(7 * one - product))) / 4;
        }
        return inverse;
    }
}
