using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Tracing;

namespace LlmRabbitHoles.Model;

/// <summary>What one forward may see and must leave behind, apart from its tokens.</summary>
public sealed record ForwardPass
{
    /// <summary>Keys and values of the tokens before these; default: there are none, and none are kept.</summary>
    public IKeyValueCache Cache { get; init; } = NoCache.Instance;

    /// <summary>Who looks on; default nobody.</summary>
    public ActivationTrace? Trace { get; init; }

    /// <summary>Ends the pass before its next layer, with an <see cref="OperationCanceledException"/>; the cache is then of no more use. Default never.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether only the last token's logits are wanted, as in a prefill. Default false.</summary>
    public bool LastOnly { get; init; }

    /// <summary>Whether attention weights are worked out in float32 whatever the format of the scores. Default true; training in
    /// bfloat16 goes without, as the memory traffic of the weights is a third of its time.</summary>
    public bool WideSoftmax { get; init; } = true;

    /// <summary>Which tokens may see which, on top of causality; <see langword="null"/>: all earlier ones.
    /// [batch, 1, 1, time, time], added to the scores: 0 where it may look, minus infinity where not.</summary>
    public Tensor? Mask { get; init; }
}
