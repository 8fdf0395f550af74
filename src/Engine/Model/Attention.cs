using LlmRabbitHoles.Attending;

namespace LlmRabbitHoles.Model;

/// <summary>Compares each token's query with the keys of all tokens that it may see, and adds up their values in proportion.</summary>
/// <remarks>Vaswani et al. 2017, eq. 1. Query heads that share a key head: Ainslie et al. 2023, arXiv:2305.13245.</remarks>
internal sealed class Attention : nn.Module<Tensor, ForwardPass, Tensor>
{
    [ComponentName(Name = "q_proj")]
    private readonly nn.Module<Tensor, Tensor> _query;
    [ComponentName(Name = "k_proj")]
    private readonly nn.Module<Tensor, Tensor> _key;
    [ComponentName(Name = "v_proj")]
    private readonly nn.Module<Tensor, Tensor> _value;
    [ComponentName(Name = "o_proj")]
    private readonly nn.Module<Tensor, Tensor> _output;
    [ComponentName(Name = "q_norm")]
    private readonly nn.Module<Tensor, Tensor>? _queryNorm;
    [ComponentName(Name = "k_norm")]
    private readonly nn.Module<Tensor, Tensor>? _keyNorm;
    private readonly Func<Tensor, Tensor> _queryHeads, _keyHeads;
    private readonly DecoderConfig _config;
    private readonly int _layer;

    /// <summary>The attention of one layer.</summary>
    public Attention(PartFactory parts, int layer) : base(nameof(Attention))
    {
        _config = parts.Config;
        _layer = layer;
        var (queries, keys) = (_config.Heads * _config.HeadDim, _config.KeyValueHeads * _config.HeadDim);
        _query = parts.Projection("q_proj", _config.HiddenSize, queries, _config.AttentionBias);
        _key = parts.Projection("k_proj", _config.HiddenSize, keys, _config.AttentionBias);
        _value = parts.Projection("v_proj", _config.HiddenSize, keys, _config.AttentionBias);
        _output = parts.Projection("o_proj", queries, _config.HiddenSize, _config.OutputBias);
        (_queryNorm, _queryHeads) = Normed("q_norm", parts, _config.Heads);
        (_keyNorm, _keyHeads) = Normed("k_norm", parts, _config.KeyValueHeads);
        RegisterComponents();
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="pass">Its cache receives this layer's keys and values.</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x, ForwardPass pass)
    {
        using var scope = NewDisposeScope();
        var q = pass.Observed(_layer, "self_attn.q", Turned(_queryHeads(_query.call(x)).transpose(1, 2), pass));
        var k = pass.Observed(_layer, "self_attn.k", Turned(_keyHeads(_key.call(x)).transpose(1, 2), pass));
        var v = pass.Observed(_layer, "self_attn.v", Heads(_value.call(x), _config.KeyValueHeads).transpose(1, 2));
        var attended = pass.Observed(_layer, "self_attn.heads", pass.Attention!.Attend(q, k, v, _layer, pass));
        return _output.call(attended.transpose(1, 2).reshape(x.shape[0], x.shape[1], -1)).MoveToOuterDisposeScope();
    }

    private static Tensor Turned(Tensor heads, ForwardPass pass) => pass.Rotation?.Turn(heads) ?? heads;

    /// <returns>The norm, and what makes heads of a projection: [batch, time, heads x headDim] -> [batch, time, heads, headDim].</returns>
    private (nn.Module<Tensor, Tensor>? Norm, Func<Tensor, Tensor> Heads) Normed(string name, PartFactory parts, int heads)
    {
        switch (_config.QueryKeyNorm)
        {
            case QueryKeyNorm.EachHead:
                var each = parts.Norm(name, _config.HeadDim);
                return (each, projected => each.call(Heads(projected, heads)));
            case QueryKeyNorm.AllHeads:
                var all = parts.Norm(name, (long)heads * _config.HeadDim);
                return (all, projected => Heads(all.call(projected), heads));
            default:
                return (null, projected => Heads(projected, heads));
        }
    }

    /// <param name="projected">[batch, time, heads x headDim]</param>
    /// <param name="heads">Heads to split it into.</param>
    /// <returns>[batch, time, heads, headDim]</returns>
    private Tensor Heads(Tensor projected, int heads) => projected.view(projected.shape[0], projected.shape[1], heads, _config.HeadDim);
}
