using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Training;

/// <summary>The cross-entropy of the next token and its gradient, a slice of tokens at a time, so that the logits of a whole batch,
/// its largest tensor by far, never exist at once.</summary>
/// <remarks>d loss / d logits = softmax(logits) - target, as one-hot (Bishop 2006, eq. 4.109). Multiplied in the
/// <see cref="ProductDtype"/> of the device, summed up in float32.</remarks>
internal static class NextTokenLoss
{
    private const int Slice = 512;

    /// <summary>The log likelihood of each token.</summary>
    /// <param name="states">[n, hidden]</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    /// <param name="targets">[n] int64</param>
    /// <returns>[n] log likelihoods in nats.</returns>
    public static float[] LogLikelihoods(Tensor states, Tensor unembedding, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var matrix = unembedding.to(ProductDtype.Of(unembedding.device));
        return [.. Slices(targets).SelectMany(slice => OfSlice(states, matrix, targets, slice))];
    }

    /// <summary>The weighted sum of the tokens' losses, and its gradients.</summary>
    /// <param name="states">[n, hidden]</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    /// <param name="targets">[n] int64</param>
    /// <param name="weights">[n] float32; a negative weight unlearns a token.</param>
    /// <returns>The loss; the gradients of states and unembedding, float32, in the caller's scope.</returns>
    public static (double Loss, Tensor States, Tensor Unembedding) Gradients(
        Tensor states, Tensor unembedding, Tensor targets, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var matrix = unembedding.to(ProductDtype.Of(unembedding.device));
        var (ofStates, ofMatrix) = (zeros_like(states), zeros_like(unembedding));
        var loss = Slices(targets).Sum(slice => AddSlice(states, matrix, targets, weights, slice, ofStates, ofMatrix));
        return (loss, ofStates.MoveToOuterDisposeScope(), ofMatrix.MoveToOuterDisposeScope());
    }

    private static IEnumerable<(long From, long Length)> Slices(Tensor targets)
    {
        for (var from = 0L; from < targets.shape[0]; from += Slice) yield return (from, Math.Min(Slice, targets.shape[0] - from));
    }

    private static float[] OfSlice(Tensor states, Tensor matrix, Tensor targets, (long From, long Length) slice)
    {
        using var scope = NewDisposeScope();
        var input = states.narrow(0, slice.From, slice.Length).to(matrix.dtype);
        var likelihoods = nn.functional.linear(input, matrix).@float().log_softmax(-1);
        return likelihoods.gather(1, Column(targets, slice)).cpu().data<float>().ToArray();
    }

    private static double AddSlice(
        Tensor states, Tensor matrix, Tensor targets, Tensor weights, (long From, long Length) slice, Tensor ofStates, Tensor ofMatrix)
    {
        using var scope = NewDisposeScope();
        var input = states.narrow(0, slice.From, slice.Length).to(matrix.dtype);
        var likelihoods = nn.functional.linear(input, matrix).@float().log_softmax(-1);
        var (column, weight) = (Column(targets, slice), Column(weights, slice));
        var loss = -(likelihoods.gather(1, column) * weight).sum().ToDouble();
        var ofLogits = likelihoods.exp_().mul_(weight).scatter_add_(1, column, -weight).to(matrix.dtype);
        ofStates.narrow(0, slice.From, slice.Length).copy_(ofLogits.mm(matrix));
        ofMatrix.add_(ofLogits.t().mm(input));
        return loss;
    }

    private static Tensor Column(Tensor values, (long From, long Length) slice) => values.narrow(0, slice.From, slice.Length).unsqueeze(1);
}
