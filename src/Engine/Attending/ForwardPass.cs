using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Tracing;

namespace LlmRabbitHoles.Attending;

/// <summary>What one forward may see and must leave behind, apart from its tokens.</summary>
public sealed record ForwardPass
{
    /// <summary>Keys and values of the tokens before these; default: there are none, and none are kept.</summary>
    public IKeyValueCache Cache { get; init; } = NoCache.Instance;

    /// <summary>
    /// Where each token stands in its sequence, [batch, time] int64; null, the default: behind those that the cache holds.
    /// </summary>
    public Tensor? Positions { get; init; }

    /// <summary>How many tokens of each row are real, [batch], the others being padding at the row's end; null, the default: all.</summary>
    public IReadOnlyList<int>? Counts { get; init; }

    /// <summary>Which tokens may see which, on top of causality and the window; null, the default: all that these allow.
    /// [batch or 1, 1, time, past + time], added to the scores: 0 where a token may look, minus infinity where not.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>How queries attend to keys. Default: as the formula says it.</summary>
    public IAttentionKernel Attention { get; init; } = PlainAttention.Default;

    /// <summary>Records activations by name; null, the default, records nothing.</summary>
    public ActivationTrace? Trace { get; init; }

    /// <summary>Whether only the logits of each row's last token are wanted, as in a prefill. Default false.</summary>
    public bool LastOnly { get; init; }

    /// <summary>Ends the pass before its next layer with an <see cref="OperationCanceledException"/>; the cache is then as it was before
    /// the pass. Default: the running notebook cell's.</summary>
    public CancellationToken CancellationToken { get; init; } = HostCancellation.Token;

    /// <summary>How queries and keys are turned at these positions; the decoder works it out once for all layers.</summary>
    internal Rotation? Rotation { get; init; }
}
