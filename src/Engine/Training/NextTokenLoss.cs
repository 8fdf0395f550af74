namespace LlmRabbitHoles.Training;

/// <summary>The cross-entropy of the next token and its gradient, a slice of tokens at a time: the logits of a whole batch, its
/// largest tensor by far, are never there at once.</summary>
/// <remarks>d loss / d logits = softmax(logits) - target, as one-hot (Bishop 2006, eq. 4.109). Multiplied in bfloat16, summed up in
/// float32.</remarks>
internal static class NextTokenLoss
{
    private const int Slice = 512;

    /// <summary>Loss alone.</summary>
    /// <param name="states">[n, hidden]</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    /// <param name="targets">[n] int64</param>
    /// <returns>The sum over all n, in nats.</returns>
    public static double Sum(Tensor states, Tensor unembedding, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var matrix = unembedding.bfloat16();
        return Slices(targets).Sum(slice => SliceSum(states, matrix, targets, slice));
    }

    /// <summary>Loss and gradients, both times a factor.</summary>
    /// <param name="states">[n, hidden]</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    /// <param name="targets">[n] int64</param>
    /// <param name="factor">One over the number of tokens that count.</param>
    /// <returns>The loss; the gradients of states and unembedding, float32, in the caller's scope.</returns>
    public static (double Loss, Tensor States, Tensor Unembedding) Gradients(Tensor states, Tensor unembedding, Tensor targets, double factor)
    {
        using var scope = NewDisposeScope();
        var matrix = unembedding.bfloat16();
        var (ofStates, ofMatrix) = (zeros_like(states), zeros_like(unembedding));
        var loss = Slices(targets).Sum(slice => SliceGradients(states, matrix, targets, slice, factor, ofStates, ofMatrix));
        return (loss, ofStates.MoveToOuterDisposeScope(), ofMatrix.MoveToOuterDisposeScope());
    }

    private static IEnumerable<(long From, long Length)> Slices(Tensor targets)
    {
        for (var from = 0L; from < targets.shape[0]; from += Slice) yield return (from, Math.Min(Slice, targets.shape[0] - from));
    }

    private static double SliceSum(Tensor states, Tensor matrix, Tensor targets, (long From, long Length) slice)
    {
        using var scope = NewDisposeScope();
        var input = states.narrow(0, slice.From, slice.Length).bfloat16();
        var likelihoods = nn.functional.linear(input, matrix).@float().log_softmax(-1);
        return -likelihoods.gather(1, Column(targets, slice)).sum().ToDouble();
    }

    private static double SliceGradients(
        Tensor states, Tensor matrix, Tensor targets, (long From, long Length) slice, double factor, Tensor ofStates, Tensor ofMatrix)
    {
        using var scope = NewDisposeScope();
        var input = states.narrow(0, slice.From, slice.Length).bfloat16();
        var likelihoods = nn.functional.linear(input, matrix).@float().log_softmax(-1);
        var column = Column(targets, slice);
        var loss = -likelihoods.gather(1, column).sum().ToDouble() * factor;
        var ofLogits = likelihoods.exp_().mul_(factor);
        ofLogits.scatter_add_(1, column, full([slice.Length, 1], -factor, device: states.device));
        var short16 = ofLogits.bfloat16();
        ofStates.narrow(0, slice.From, slice.Length).copy_(short16.matmul(matrix));
        ofMatrix.add_(short16.t().matmul(input));
        return loss;
    }

    private static Tensor Column(Tensor targets, (long From, long Length) slice) => targets.narrow(0, slice.From, slice.Length).unsqueeze(1);
}
