using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Tracing;

namespace LlmRabbitHoles.Attending;

/// <summary>Everything that one forward needs apart from its tokens.</summary>
public sealed record ForwardPass
{
    /// <summary>Keys and values of the earlier tokens. Default: no earlier tokens, and nothing is kept.</summary>
    public IKeyValueCache Cache { get; init; } = NoCache.Instance;

    /// <summary>
    /// [batch, time] int64: the position of each token in its sequence. Null (the default): the positions after those in the cache.
    /// </summary>
    public Tensor? Positions { get; init; }

    /// <summary>[batch]: how many tokens of each row are real; the rest of the row is padding. Null (the default): all. With an
    /// <see cref="ISlotCache"/>: how many tokens each sequence has of the only row, in which they lie end to end.</summary>
    public IReadOnlyList<int>? Counts { get; init; }

    /// <summary>A mask on top of causality and the window; null (the default) adds nothing.
    /// [batch or 1, 1, time, past + time], added to the scores: 0 where a token may look, minus infinity where not.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>
    /// How queries attend to keys. Null (the default): <see cref="BlockAttention"/> for a cache of blocks, <see cref="SlotAttention"/> for
    /// one of slots, else <see cref="PlainAttention"/>.
    /// </summary>
    public IAttentionKernel? Attention { get; init; }

    /// <summary>Records activations by name; null (the default) records nothing.</summary>
    public ActivationTrace? Trace { get; init; }

    /// <summary>Changes activations by name, before they are recorded; null (the default) changes nothing.</summary>
    public ActivationEdits? Edits { get; init; }

    /// <summary>Whether only the logits of each row's last token are wanted, as in a prefill. Default false.</summary>
    public bool LastOnly { get; init; }

    /// <summary>Ends the pass before its next layer with an <see cref="OperationCanceledException"/>; the cache is then as it was before
    /// the pass. Default: the running notebook cell's.</summary>
    public CancellationToken CancellationToken { get; init; } = HostCancellation.Token;

    /// <summary>With a cache of slots: which tokens belong to which sequence. The decoder works it out once for all layers.</summary>
    internal PackedRows? Packed { get; init; }

    /// <summary>The rotation of queries and keys at these positions; the decoder computes it once for all layers.</summary>
    internal Rotation? Rotation { get; init; }

    /// <summary>How products of queries and keys become scores; the model's.</summary>
    internal AttentionScores Scores { get; init; } = AttentionScores.Plain;

    /// <summary>Lets a value of a layer be changed and recorded, and returns the value to go on with.</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="part">The rest of the name, such as <c>mlp.output</c>.</param>
    /// <param name="value">Any shape.</param>
    internal Tensor Observed(int layer, string part, Tensor value) =>
        Trace is null && Edits is null ? value : Observed($"layers.{layer}.{part}", value);

    /// <summary>Lets a value be changed and recorded, and returns the value to go on with.</summary>
    internal Tensor Observed(string name, Tensor value)
    {
        value = Edits?.Apply(name, value, this) ?? value;
        Trace?.Record(name, value);
        return value;
    }
}

/// <summary>The cosines and sines that rotate queries and keys at the positions of one pass.</summary>
/// <param name="Cosines">[batch or 1, 1, time, rotaryDim / 2]</param>
/// <param name="Sines">[batch or 1, 1, time, rotaryDim / 2]</param>
public sealed record Rotation(Tensor Cosines, Tensor Sines)
{
    /// <summary>Rotates component i together with component i + rotaryDim / 2, the pairs of Llama's checkpoints; components from rotaryDim
    /// on stay as they are.</summary>
    /// <param name="heads">[batch, heads, time, headDim]</param>
    /// <returns>[batch, heads, time, headDim]</returns>
    public Tensor Turn(Tensor heads)
    {
        using var scope = NewDisposeScope();
        var half = Cosines.shape[3];
        var (cos, sin) = (Cosines.to(heads.dtype), Sines.to(heads.dtype));
        var (first, second) = (heads.narrow(3, 0, half), heads.narrow(3, half, half));
        var rest = heads.narrow(3, 2 * half, heads.shape[3] - (2 * half));
        return cat([(first * cos) - (second * sin), (second * cos) + (first * sin), rest], dim: 3).MoveToOuterDisposeScope();
    }
}
