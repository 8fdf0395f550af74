namespace LlmRabbitHoles.Training;

/// <summary>Decides which batches a model reads and how its loss is computed.</summary>
public interface IObjective
{
    /// <summary>An endless sequence of batches to learn from. Every call gives the same batches in the same order.</summary>
    IEnumerable<PackedBatch> Batches();

    /// <summary>Held-out batches. Every call gives the same batches.</summary>
    IEnumerable<PackedBatch> Validation();

    /// <summary>How many losses a batch has. The loss of a step is their mean.</summary>
    int CountLosses(PackedBatch batch);

    /// <summary>The sum of a batch's losses.</summary>
    /// <param name="batch">The batch that <paramref name="tokens"/> comes from.</param>
    /// <param name="tokens">The final states of its counted tokens.</param>
    /// <param name="unembedding">[vocab, hidden]</param>
    double Loss(PackedBatch batch, CountedTokens tokens, Tensor unembedding);

    /// <summary>The sum of a batch's losses times a factor, and the gradients of that product.</summary>
    /// <returns>The gradients of the states [n, hidden] and of the unembedding [vocab, hidden], owned by the caller's scope.</returns>
    (double Loss, Tensor States, Tensor Unembedding) Gradients(PackedBatch batch, CountedTokens tokens, Tensor unembedding, double factor);
}
