using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>The final states of the tokens whose next token counts; the others never get logits.</summary>
/// <param name="Places">[n] their places in the batch: row x time + column.</param>
/// <param name="States">[n, hidden] the final states.</param>
/// <param name="Targets">[n] int64, the next tokens.</param>
public sealed record CountedTokens(long[] Places, Tensor States, Tensor Targets)
{
    /// <summary>One forward.</summary>
    /// <param name="decoder">Its weights may require gradients.</param>
    /// <param name="batch">With at least one target that counts.</param>
    /// <returns>Its tensors live in the caller's scope.</returns>
    public static CountedTokens Of(Decoder decoder, PackedBatch batch)
    {
        using var scope = NewDisposeScope();
        var device = decoder.Embeddings.device;
        var inputs = tensor(batch.Inputs, batch.Rows, batch.Time, device: device);
        // A step runs to its end or not at all, so a cancellation waits until the step is over.
        var pass =
            new ForwardPass { Mask = batch.Mask(device), Attention = PlainAttention.Narrow, CancellationToken = CancellationToken.None };
        var states = decoder.States(inputs, pass);
        long[] places = [.. batch.Targets.Index().Where(t => t.Item != PackedBatch.Ignored).Select(t => (long)t.Index)];
        var counted = states.view(batch.Rows * batch.Time, -1).index_select(0, tensor(places, device: device));
        var targets = tensor(places.Select(i => batch.Targets[i]).ToArray(), device: device);
        return new CountedTokens(places, counted.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope());
    }
}
