using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>What a model makes of the tokens of a batch whose next token counts; of all others no logits are ever computed.</summary>
/// <param name="Places">[n] where they stand in the batch, row x time and so on.</param>
/// <param name="States">[n, hidden] the final states.</param>
/// <param name="Targets">[n] int64, the tokens that should follow.</param>
public sealed record CountedTokens(long[] Places, Tensor States, Tensor Targets)
{
    /// <summary>One forward.</summary>
    /// <param name="decoder">Recorded for backward where its weights ask for gradients.</param>
    /// <param name="batch">With at least one target that counts.</param>
    /// <returns>Its tensors live in the caller's scope.</returns>
    internal static CountedTokens Of(Decoder decoder, PackedBatch batch)
    {
        using var scope = NewDisposeScope();
        var device = decoder.Embeddings.device;
        var inputs = tensor(batch.Inputs, batch.BatchSize, batch.Time, device: device);
        // A step is made whole or not at all, so its forwards are not cancelled; the trainer asks between steps.
        var pass =
            new ForwardPass { Mask = batch.Mask(device), Attention = PlainAttention.Narrow, CancellationToken = CancellationToken.None };
        var states = decoder.States(inputs, pass);
        long[] places = [.. batch.Targets.Index().Where(t => t.Item != PackedBatch.Ignored).Select(t => (long)t.Index)];
        var counted = states.view(batch.BatchSize * batch.Time, -1).index_select(0, tensor(places, device: device));
        var targets = tensor(places.Select(i => batch.Targets[i]).ToArray(), device: device);
        return new CountedTokens(places, counted.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope());
    }
}
