namespace LlmRabbitHoles.Training;

/// <summary>The goal of a training: which rows the model reads, and what counts as loss.</summary>
public interface IObjective
{
    /// <summary>An endless sequence of training batches, the same in each enumeration.</summary>
    IEnumerable<PackedBatch> Batches();

    /// <summary>The held-out batches, always the same.</summary>
    IEnumerable<PackedBatch> Validation();

    /// <summary>How many losses a batch has; a step's loss is the mean over them.</summary>
    int Count(PackedBatch batch);

    /// <summary>The sum of a batch's losses.</summary>
    double Loss(PackedBatch batch, CountedTokens tokens, Tensor unembedding);

    /// <summary>The same times a factor, with its gradients with respect to states and unembedding, in the caller's scope.</summary>
    (double Loss, Tensor States, Tensor Unembedding) Gradients(PackedBatch batch, CountedTokens tokens, Tensor unembedding, double factor);
}
