using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>Phi-3, Phi-3.5, Phi-4 and Phi-4-mini: a Llama that stores queries, keys and values as one matrix, gate and up as another.
/// </summary>
/// <remarks>arXiv:2404.14219; Phi-4: arXiv:2412.08905.</remarks>
internal sealed class Phi3 : LlamaLike
{
    /// <inheritdoc/>
    public override string Name => "phi3";

    /// <inheritdoc/>
    public override string ClassName => "Phi3ForCausalLM";

    internal override DecoderConfig Read(JsonSection json) => Read(json, Name, context: 4096, epsilon: 1e-5) with
    {
        SlidingWindow = json.OptionalSize("sliding_window"),
    };

    internal override JsonObject Write(DecoderConfig config)
    {
        var json = base.Write(config);
        json["sliding_window"] = config.SlidingWindow;
        if (config.RopeScaling is LongRopeScaling scaling) json["original_max_position_embeddings"] = scaling.OriginalContextLength;
        return json;
    }

    internal override StoredWeight SourceOf(string weight, DecoderConfig config)
    {
        var (queries, keys, inner) = (config.QueryWidth, config.KeyValueWidth, config.FeedForwardSize);
        return weight.Split('.')[^2] switch
        {
            "q_proj" => Rows("qkv_proj", 0, queries, queries + (2 * keys)),
            "k_proj" => Rows("qkv_proj", queries, keys, queries + (2 * keys)),
            "v_proj" => Rows("qkv_proj", queries + keys, keys, queries + (2 * keys)),
            "gate_proj" => Rows("gate_up_proj", 0, inner, 2 * inner),
            "up_proj" => Rows("gate_up_proj", inner, inner, 2 * inner),
            _ => new(weight),
        };

        StoredWeight Rows(string fused, long first, long count, long all)
        {
            var parts = weight.Split('.');
            return new(string.Join('.', [.. parts[..^2], fused, parts[^1]]), Rows: new(first, count, all));
        }
    }

    internal override string? GgufModule(string module) => module switch
    {
        "self_attn.q_proj" or "self_attn.k_proj" or "self_attn.v_proj" => "attn_qkv",
        "mlp.gate_proj" or "mlp.up_proj" => "ffn_up",
        _ => null,
    };

    internal override bool LongRopeInGguf => true;

    internal override string? NotInLlamaCpp(DecoderConfig config) => OddHeads(config);
}
