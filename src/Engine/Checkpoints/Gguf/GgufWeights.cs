using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>Which tensors a GGUF file has, and which of the decoder's weights each is made of.</summary>
internal static class GgufWeights
{
    /// <summary>All tensors in the order of the forward pass.</summary>
    /// <param name="config">The decoder's sizes and variants.</param>
    /// <param name="type">The format of matrices; vectors and the table of positions stay float32, which is what
    /// llama.cpp adds and multiplies them in.</param>
    public static IReadOnlyList<GgufTensor> For(DecoderConfig config, GgufType type)
    {
        var specs = WeightMap.For(config).GroupBy(spec => NameOf(spec.Name, config));
        return [.. Frequencies(config), .. specs.Select(group => Tensor(group.Key, [.. group], config, type))];
    }

    private static GgufTensor Tensor(string name, WeightSpec[] specs, DecoderConfig config, GgufType type)
    {
        long[] shape = [specs.Sum(spec => spec.Shape[0]), .. specs[0].Shape[1..]];
        return new(
            name, FormatOf(name, shape, type), shape,
            [.. specs.Select(spec => Part(spec, config))]);
    }

    // Rows that no block of the format divides go to a format of smaller blocks, and from there to none, as in llama.cpp itself.
    private static GgufType FormatOf(string name, long[] shape, GgufType type) =>
        shape.Length == 1 || name.StartsWith("position_embd", StringComparison.Ordinal) ? GgufType.F32
        : shape[^1] % type.BlockSize == 0 ? type
        : FormatOf(name, shape, type.Name switch
        {
            "q4_k" => GgufType.Find("q5_0")!,
            "q5_k" => GgufType.Find("q5_1")!,
            "q6_k" => GgufType.Q8,
            _ => GgufType.F16,
        });

    /// <summary>ggml's name for one of the decoder's weights; GPT-2's query, key and value share one.</summary>
    private static string NameOf(string weight, DecoderConfig config)
    {
        var parts = weight.Split('.');
        var (kind, module) = (parts[^1], string.Join('.', parts[..^1]));
        if (parts[0] != "layers")
            return $"{Outer(module)}.{kind}";
        return $"blk.{parts[1]}.{Inner(string.Join('.', parts[2..^1]), config)}.{kind}";
    }

    private static string Outer(string module) => module switch
    {
        "embed_tokens" => "token_embd",
        "embed_positions" => "position_embd",
        "norm" => "output_norm",
        "lm_head" => "output",
        _ => throw new CheckpointException(
            $"GGUF has no name for the weight '{module}'. Choose a model of {Architecture.Names}."),
    };

    private static string Inner(string module, DecoderConfig config) =>
        Architecture.Named(config.Architecture).GgufModule(module) ?? module switch
        {
            "input_layernorm" => "attn_norm",
            "self_attn.q_proj" => "attn_q",
            "self_attn.k_proj" => "attn_k",
            "self_attn.v_proj" => "attn_v",
            "self_attn.o_proj" => "attn_output",
            "self_attn.q_norm" => "attn_q_norm",
            "self_attn.k_norm" => "attn_k_norm",
            "self_attn_output_norm" => "post_attention_norm",
            "post_attention_layernorm" => "ffn_norm",
            "mlp.gate_proj" => "ffn_gate",
            "mlp.up_proj" => "ffn_up",
            "mlp.down_proj" => "ffn_down",
            "mlp_output_norm" => "post_ffw_norm",
            _ => throw new CheckpointException(
                $"GGUF has no name for the weight '{module}'. Choose a model of {Architecture.Names}."),
        };

    private static GgufPart Part(WeightSpec spec, DecoderConfig config)
    {
        var heads = spec.Name switch
        {
            _ when !Architecture.Named(config.Architecture).InterleavedInGguf => 0,
            _ when spec.Name.Contains(".q_proj.", StringComparison.Ordinal) => config.Heads,
            _ when spec.Name.Contains(".k_proj.", StringComparison.Ordinal) => config.KeyValueHeads,
            _ => 0,
        };
        // Gemma's norms are stored as llama.cpp multiplies by them, 1 included.
        if (config.Norm == NormKind.OffsetRmsNorm && spec.Name.EndsWith("norm.weight", StringComparison.Ordinal))
            return new(spec.Name, spec.Count, weight => weight.to(ScalarType.Float32) + 1, Restore: null, Offset: 1);
        return heads == 0
            ? new(spec.Name, spec.Count, weight => weight.alias(), Restore: null)
            : new(spec.Name, spec.Count, weight => Interleave(weight, heads), () => Separated(spec.Shape[0], heads));
    }

    /// <summary>Where each row of a weight lies after <see cref="Interleave"/>.</summary>
    private static long[] Separated(long rows, int heads)
    {
        var (headDim, order) = (rows / heads, new long[rows]);
        for (long row = 0; row < rows; row++)
        {
            var (head, channel) = (row / headDim, row % headDim);
            order[row] = (head * headDim) + (channel < headDim / 2 ? 2 * channel : (2 * (channel - (headDim / 2))) + 1);
        }
        return order;
    }

    /// <summary>
    /// Reorders the rows of each head: transformers turns channel i with channel i + headDim / 2, ggml's llama turns 2i with 2i + 1.
    /// Queries and keys reordered alike have the same products.
    /// </summary>
    private static Tensor Interleave(Tensor weight, int heads)
    {
        using var scope = NewDisposeScope();
        return weight.reshape(heads, 2, weight.shape[0] / heads / 2, -1).transpose(1, 2).reshape(weight.shape).MoveToOuterDisposeScope();
    }

    // By how much Llama 3 and Phi-3 slow down each pair of channels. GGUF has it as tensors and not as settings.
    private static IEnumerable<GgufTensor> Frequencies(DecoderConfig config)
    {
        if (config.RopeScaling is null or LinearRopeScaling or YarnRopeScaling) yield break;
        if (config.RopeScaling is LongRopeScaling longRope)
        {
            yield return Made(LongFactors, longRope.LongFactors);
            yield return Made(ShortFactors, longRope.ShortFactors);
            yield break;
        }
        var plain = RotaryPositions.Plain(config);
        yield return Made(RopeFactors, plain.Zip(config.RopeScaling.Scale(plain), (before, after) => before / after));
    }

    private static GgufTensor Made(string name, IEnumerable<double> numbers)
    {
        float[] factors = [.. numbers.Select(number => (float)number)];
        return new(name, GgufType.F32, [factors.Length], [new(MadeWeight, factors.Length, _ => tensor(factors), Restore: null)]);
    }

    /// <summary>The tensor that holds by how much each pair of channels is slowed down.</summary>
    public const string RopeFactors = "rope_freqs.weight";

    /// <summary>The same for texts beyond the context of pretraining, and for those within it.</summary>
    public const string LongFactors = "rope_factors_long.weight", ShortFactors = "rope_factors_short.weight";

    /// <summary>Stands for a weight where numbers come from the settings.</summary>
    public const string MadeWeight = "";
}
