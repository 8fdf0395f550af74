using LlmRabbitHoles.Devices;

namespace LlmRabbitHoles.Model;

/// <summary>Each token asks (query) all tokens it may see what they hold (key), and takes their contents (value) in proportion.</summary>
/// <remarks>Vaswani et al. 2017, eq. 1. Query heads that share a key head: Ainslie et al. 2023, arXiv:2305.13245.</remarks>
public sealed class Attention : nn.Module<Tensor, ForwardPass, Tensor>
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
    private readonly IPositions _positions;
    private readonly DecoderConfig _config;
    private readonly int _layer;

    /// <summary>The attention of one layer.</summary>
    public Attention(PartFactory parts, IPositions positions, int layer) : base(nameof(Attention))
    {
        ArgumentNullException.ThrowIfNull(parts);
        _config = parts.Config;
        _positions = positions;
        _layer = layer;
        var (queries, keys) = (_config.Heads * _config.HeadDim, _config.KeyValueHeads * _config.HeadDim);
        _query = parts.Projection("q_proj", _config.HiddenSize, queries, _config.AttentionBias);
        _key = parts.Projection("k_proj", _config.HiddenSize, keys, _config.AttentionBias);
        _value = parts.Projection("v_proj", _config.HiddenSize, keys, _config.AttentionBias);
        _output = parts.Projection("o_proj", queries, _config.HiddenSize, _config.OutputBias);
        _queryNorm = _config.QueryKeyNorm ? parts.Norm("q_norm", _config.HeadDim) : null;
        _keyNorm = _config.QueryKeyNorm ? parts.Norm("k_norm", _config.HeadDim) : null;
        RegisterComponents();
    }

    /// <param name="x">[batch, time, hidden]</param>
    /// <param name="pass">Its cache receives this layer's keys and values.</param>
    /// <returns>[batch, time, hidden]</returns>
    public override Tensor forward(Tensor x, ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(pass);
        using var scope = NewDisposeScope();
        var past = pass.Cache.Length;
        var q = _positions.Rotate(Heads(_query.call(x), _config.Heads, _queryNorm), past);
        var k = _positions.Rotate(Heads(_key.call(x), _config.KeyValueHeads, _keyNorm), past);
        var v = Heads(_value.call(x), _config.KeyValueHeads, norm: null);
        var (keys, values) = pass.Cache.Append(_layer, k, v);
        return _output.call(Mix(q, keys, values, pass)).MoveToOuterDisposeScope();
    }

    /// <summary>softmax(q k^T / sqrt(headDim) + mask) v. The query heads of one key head are laid behind each other in time, so
    /// that keys and values are never copied for them.</summary>
    /// <param name="q">[batch, heads, time, headDim]</param>
    /// <param name="keys">[batch, kvHeads, past + time, headDim]</param>
    /// <param name="values">[batch, kvHeads, past + time, headDim]</param>
    /// <param name="pass">Holds the mask, [.., time, past + time].</param>
    /// <returns>[batch, time, heads x headDim]</returns>
    private Tensor Mix(Tensor q, Tensor keys, Tensor values, ForwardPass pass)
    {
        var (batch, time, all) = (q.shape[0], q.shape[2], keys.shape[2]);
        var (kvHeads, group) = (_config.KeyValueHeads, _config.Heads / _config.KeyValueHeads);
        var scaled = (q * (1 / Math.Sqrt(_config.HeadDim))).reshape(batch, kvHeads, group * time, _config.HeadDim);
        var scores = scaled.Product(keys.transpose(2, 3)).view(batch, kvHeads, group, time, all);
        if (pass.Mask is not null) scores = scores + pass.Mask;
        var weights = scores.softmax(-1, pass.WideSoftmax ? ScalarType.Float32 : scores.dtype);
        pass.Trace?.Record($"layers.{_layer}.attention.weights", weights.view(batch, _config.Heads, time, all));
        var mixed = weights.to(q.dtype).view(batch, kvHeads, group * time, all).Product(values);
        return mixed.view(batch, _config.Heads, time, _config.HeadDim).transpose(1, 2).reshape(batch, time, -1);
    }

    /// <param name="projected">[batch, time, heads x headDim]</param>
    /// <param name="heads">Heads to split it into.</param>
    /// <param name="norm">Applied to each head, or none.</param>
    /// <returns>[batch, heads, time, headDim]</returns>
    private Tensor Heads(Tensor projected, int heads, nn.Module<Tensor, Tensor>? norm)
    {
        var split = projected.view(projected.shape[0], projected.shape[1], heads, _config.HeadDim);
        return (norm?.call(split) ?? split).transpose(1, 2);
    }
}
