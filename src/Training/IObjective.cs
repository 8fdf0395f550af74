namespace LlmRabbitHoles.Training;

/// <summary>What a model is trained for: which rows it reads, and what counts as loss.</summary>
public interface IObjective
{
    /// <summary>Batches to learn from, without end, the same ones in the same order each time it is asked.</summary>
    IEnumerable<PackedBatch> Batches();

    /// <summary>Held-out batches, always the same ones.</summary>
    IEnumerable<PackedBatch> Validation();

    /// <summary>How many losses a batch has; a step's loss is the mean over them.</summary>
    int CountLosses(PackedBatch batch);

    /// <summary>The sum of a batch's losses.</summary>
    double Loss(PackedBatch batch, CountedTokens tokens, Tensor unembedding);

    /// <summary>The same times a factor, with its gradients with respect to states and unembedding, in the caller's scope.</summary>
    (double Loss, Tensor States, Tensor Unembedding) Gradients(PackedBatch batch, CountedTokens tokens, Tensor unembedding, double factor);
}
