using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Training;

/// <summary>The final states of the tokens whose next token counts in the loss. Logits are computed for these tokens only.</summary>
/// <param name="Places">[n] the tokens' indices in the flat batch: row x time + position.</param>
/// <param name="States">[n, hidden]</param>
/// <param name="Targets">[n] int64, the tokens that should follow.</param>
public sealed record CountedTokens(long[] Places, Tensor States, Tensor Targets)
{
    /// <summary>Runs one forward pass.</summary>
    /// <param name="decoder">Autograd records the pass if the weights require gradients.</param>
    /// <param name="batch">Has at least one target that counts.</param>
    /// <returns>Tensors owned by the caller's scope.</returns>
    internal static CountedTokens Of(Decoder decoder, PackedBatch batch)
    {
        using var scope = NewDisposeScope();
        var device = decoder.Embeddings.device;
        var inputs = tensor(batch.Inputs, batch.BatchSize, batch.Time, device: device);
        // A step is completed or not made at all. The trainer checks for cancellation between steps, so a pass is never cancelled.
        var pass = new ForwardPass { CancellationToken = CancellationToken.None };
        pass = PackedAttention.Fits(decoder)
            ? pass with { Attention = new PackedAttention(batch.Texts()) }
            : pass with { Attention = PlainAttention.Narrow, Mask = batch.Mask(device) };
        var states = decoder.States(inputs, pass);
        long[] places = [.. batch.Targets.Index().Where(t => t.Item != PackedBatch.Ignored).Select(t => (long)t.Index)];
        var counted = states.view(batch.BatchSize * batch.Time, -1).index_select(0, tensor(places, device: device));
        var targets = tensor(places.Select(i => batch.Targets[i]).ToArray(), device: device);
        return new CountedTokens(places, counted.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope());
    }
}
