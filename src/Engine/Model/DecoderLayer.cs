using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>A layer: attention, then feed-forward, each added back to its input, with norms before them, after them or both.</summary>
/// <remarks>Xiong et al. 2020, arXiv:2002.04745, figure 1(b); <see cref="NormPlacement"/> names the others.</remarks>
internal sealed class DecoderLayer : nn.Module<Tensor, ForwardPass, Tensor>
{
    [ComponentName(Name = "input_layernorm")]
    private readonly nn.Module<Tensor, Tensor>? _attentionNorm;
    [ComponentName(Name = "self_attn")]
    private readonly Attention _attention;
    [ComponentName(Name = "self_attn_output_norm")]
    private readonly nn.Module<Tensor, Tensor>? _attentionOutputNorm;
    [ComponentName(Name = "post_attention_layernorm")]
    private readonly nn.Module<Tensor, Tensor>? _feedForwardNorm;
    [ComponentName(Name = "mlp")]
    private readonly nn.Module<Tensor, Tensor> _feedForward;
    [ComponentName(Name = "mlp_output_norm")]
    private readonly nn.Module<Tensor, Tensor>? _feedForwardOutputNorm;
    private readonly Func<Tensor, ForwardPass, Tensor> _beforeAttention, _afterAttention, _beforeFeedForward, _afterFeedForward;
    private readonly int _layer;

    /// <summary>One layer.</summary>
    public DecoderLayer(PartFactory parts, int layer) : base(nameof(DecoderLayer))
    {
        _layer = layer;
        var config = parts.Config;
        (_attentionNorm, _beforeAttention) = Norm("input_layernorm", parts, config.NormPlacement != NormPlacement.After);
        _attention = new Attention(parts.In("self_attn"), layer);
        (_attentionOutputNorm, _afterAttention) = Norm("self_attn_output_norm", parts, config.NormPlacement != NormPlacement.Before);
        (_feedForwardNorm, _beforeFeedForward) = Norm("post_attention_layernorm", parts, config.NormPlacement != NormPlacement.After);
        _feedForward = config.Activation.IsGated() ? new GatedFeedForward(parts.In("mlp")) : new FeedForward(parts.In("mlp"));
        (_feedForwardOutputNorm, _afterFeedForward) = Norm("mlp_output_norm", parts, config.NormPlacement != NormPlacement.Before);
        RegisterComponents();
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="pass">Its cache receives this layer's keys and values.</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x, ForwardPass pass)
    {
        using var scope = NewDisposeScope();
        var attention = pass.Observed(_layer, "self_attn.output", _attention.call(_beforeAttention(x, pass), pass));
        var attended = x + _afterAttention(attention, pass);
        var feedForward = pass.Observed(_layer, "mlp.output", _feedForward.call(_beforeFeedForward(attended, pass)));
        return (attended + _afterFeedForward(feedForward, pass)).MoveToOuterDisposeScope();
    }

    /// <returns>The norm and what it does; none, which gives back what it is given, where the layer has no norm in this place.</returns>
    private (nn.Module<Tensor, Tensor>? Module, Func<Tensor, ForwardPass, Tensor> Step) Norm(string name, PartFactory parts, bool there)
    {
        if (!there) return (null, (x, _) => x);
        var norm = parts.Norm(name, parts.Config.HiddenSize);
        return (norm, (x, pass) => pass.Observed(_layer, $"{name}.output", norm.call(x)));
    }
}
