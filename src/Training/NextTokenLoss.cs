using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Training;

/// <summary>The cross-entropy of the next token and its gradients. It is computed in slices, so that the logits of a whole batch, by
/// far the largest tensor, never exist at once.</summary>
/// <remarks>d loss / d logits = softmax(logits) - one-hot target (Bishop 2006, eq. 4.109). Products have the dtype that
/// <see cref="ProductDtype"/> gives for the device; sums are float32.</remarks>
internal static class NextTokenLoss
{
    private const int SliceLength = 512;

    /// <summary>The log likelihood of each target.</summary>
    /// <param name="states">[n, hidden]</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    /// <param name="targets">[n] int64</param>
    /// <returns>[n] in nats.</returns>
    public static float[] LogLikelihoods(Tensor states, Tensor unembedding, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var matrix = unembedding.to(ProductDtype.Of(unembedding.device));
        return [.. Slices(targets).SelectMany(slice => SliceLogLikelihoods(states, matrix, targets, slice))];
    }

    /// <summary>The weighted sum of the tokens' losses, and the gradients of that sum.</summary>
    /// <param name="states">[n, hidden]</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    /// <param name="targets">[n] int64</param>
    /// <param name="weights">[n] float32. A negative weight makes its token less likely.</param>
    /// <returns>The loss and the float32 gradients of states and unembedding, owned by the caller's scope.</returns>
    public static (double Loss, Tensor States, Tensor Unembedding) Gradients(
        Tensor states, Tensor unembedding, Tensor targets, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var matrix = unembedding.to(ProductDtype.Of(unembedding.device));
        var (statesGradient, unembeddingGradient) = (zeros_like(states), zeros_like(unembedding));
        var loss = Slices(targets)
            .Sum(slice => AddSliceGradients(states, matrix, targets, weights, slice, statesGradient, unembeddingGradient));
        return (loss, statesGradient.MoveToOuterDisposeScope(), unembeddingGradient.MoveToOuterDisposeScope());
    }

    /// <summary>Some tokens at a time.</summary>
    /// <param name="tokens">[n] or [n, ...]</param>
    public static IEnumerable<(long From, long Length)> Slices(Tensor tokens)
    {
        for (var from = 0L; from < tokens.shape[0]; from += SliceLength)
            yield return (from, Math.Min(SliceLength, tokens.shape[0] - from));
    }

    private static float[] SliceLogLikelihoods(Tensor states, Tensor matrix, Tensor targets, (long From, long Length) slice)
    {
        using var scope = NewDisposeScope();
        var input = states.narrow(0, slice.From, slice.Length).to(matrix.dtype);
        var logProbabilities = nn.functional.linear(input, matrix).@float().log_softmax(-1);
        return logProbabilities.gather(1, Column(targets, slice)).cpu().data<float>().ToArray();
    }

    private static double AddSliceGradients(
        Tensor states, Tensor matrix, Tensor targets, Tensor weights, (long From, long Length) slice,
        Tensor statesGradient, Tensor unembeddingGradient)
    {
        using var scope = NewDisposeScope();
        var input = states.narrow(0, slice.From, slice.Length).to(matrix.dtype);
        var logProbabilities = nn.functional.linear(input, matrix).@float().log_softmax(-1);
        var (column, weight) = (Column(targets, slice), Column(weights, slice));
        var loss = -(logProbabilities.gather(1, column) * weight).sum().ToDouble();
        var logitsGradient = logProbabilities.exp_().mul_(weight).scatter_add_(1, column, -weight).to(matrix.dtype);
        statesGradient.narrow(0, slice.From, slice.Length).copy_(logitsGradient.mm(matrix));
        unembeddingGradient.add_(logitsGradient.t().mm(input));
        return loss;
    }

    private static Tensor Column(Tensor values, (long From, long Length) slice) => values.narrow(0, slice.From, slice.Length).unsqueeze(1);
}
