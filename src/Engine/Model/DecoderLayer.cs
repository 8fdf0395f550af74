using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>Pre-norm layer: attention, then feed-forward, each added back to its input.</summary>
/// <remarks>Xiong et al. 2020, arXiv:2002.04745, figure 1(b).</remarks>
internal sealed class DecoderLayer : nn.Module<Tensor, ForwardPass, Tensor>
{
    [ComponentName(Name = "input_layernorm")]
    private readonly nn.Module<Tensor, Tensor> _attentionNorm;
    [ComponentName(Name = "self_attn")]
    private readonly Attention _attention;
    [ComponentName(Name = "post_attention_layernorm")]
    private readonly nn.Module<Tensor, Tensor> _feedForwardNorm;
    [ComponentName(Name = "mlp")]
    private readonly nn.Module<Tensor, Tensor> _feedForward;
    private readonly int _layer;

    /// <summary>One layer.</summary>
    public DecoderLayer(PartFactory parts, int layer) : base(nameof(DecoderLayer))
    {
        _layer = layer;
        _attentionNorm = parts.Norm("input_layernorm", parts.Config.HiddenSize);
        _attention = new Attention(parts.In("self_attn"), layer);
        _feedForwardNorm = parts.Norm("post_attention_layernorm", parts.Config.HiddenSize);
        _feedForward = parts.Config.Activation == ActivationKind.SwiGlu
            ? new GatedFeedForward(parts.In("mlp"))
            : new FeedForward(parts.In("mlp"));
        RegisterComponents();
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="pass">Its cache receives this layer's keys and values.</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x, ForwardPass pass)
    {
        using var scope = NewDisposeScope();
        var normed = _attentionNorm.call(x);
        var attention = _attention.call(normed, pass);
        var attended = x + attention;
        var normedAgain = _feedForwardNorm.call(attended);
        var feedForward = _feedForward.call(normedAgain);
        Observe(
            [("input_layernorm", normed), ("self_attn", attention), ("post_attention_layernorm", normedAgain), ("mlp", feedForward)], pass);
        return (attended + feedForward).MoveToOuterDisposeScope();
    }

    private void Observe(ReadOnlySpan<(string Part, Tensor Output)> outputs, ForwardPass pass)
    {
        if (pass.Trace is not { } trace) return;
        foreach (var (part, output) in outputs) trace.Record($"layers.{_layer}.{part}.output", output);
    }
}
