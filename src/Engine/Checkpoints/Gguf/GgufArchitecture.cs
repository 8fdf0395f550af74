using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>What llama.cpp calls an architecture, and its settings as entries of a GGUF file.</summary>
internal static class GgufArchitecture
{
    /// <summary>llama.cpp's name for it.</summary>
    /// <exception cref="CheckpointException">llama.cpp computes this model otherwise, or not at all.</exception>
    public static string NameOf(DecoderConfig config)
    {
        var architecture = Architecture.Named(config.Architecture);
        var reason = !architecture.WindowsInGguf && config.SlidingWindow is { } window && window < config.ContextLength
            ? $"a sliding window of {window}, and there every token sees all before it"
            : Rotation(config, architecture) ?? architecture.NotInLlamaCpp(config);
        return reason is null ? architecture.GgufName : throw new CheckpointException(
            $"This {config.Architecture} model cannot become a GGUF file that llama.cpp's '{architecture.GgufName}' computes alike: " +
            $"it has {reason}. Models without such settings can be converted.");
    }

    private static string? Rotation(DecoderConfig config, Architecture architecture) => config switch
    {
        { RopeScaling: DynamicRopeScaling } => "dynamic rope scaling, and there is none there",
        { RopeScaling: LongRopeScaling } when !architecture.LongRopeInGguf =>
            "rope factors that change with the length of the text, and there with the room for it",
        { RopeScaling: YarnRopeScaling yarn } when (yarn.BetaFast, yarn.BetaSlow, yarn.WholePairs) != (32, 1, true) =>
            "a blend of rope frequencies that does not lie between 1 and 32 turns",
        { RotaryDim: { } channels } when architecture.InterleavedInGguf =>
            $"{channels} rotated channels of {config.HeadDim}, and there whole heads are rotated",
        _ => null,
    };

    /// <summary>Adds sizes and variants.</summary>
    public static void Describe(GgufMetadata metadata, DecoderConfig config)
    {
        var name = NameOf(config);
        metadata.Add($"{name}.block_count", config.Layers);
        metadata.Add($"{name}.context_length", config.ContextLength);
        metadata.Add($"{name}.embedding_length", config.HiddenSize);
        metadata.Add($"{name}.feed_forward_length", config.FeedForwardSize);
        metadata.Add($"{name}.vocab_size", config.VocabularySize);
        metadata.Add($"{name}.attention.head_count", config.Heads);
        metadata.Add($"{name}.attention.head_count_kv", config.KeyValueHeads);
        metadata.Add($"{name}.attention.key_length", config.HeadDim);
        metadata.Add($"{name}.attention.value_length", config.HeadDim);
        metadata.Add($"{name}.attention.layer_norm_{(config.Norm != NormKind.LayerNorm ? "rms_" : "")}epsilon", config.NormEpsilon);
        Architecture.Named(config.Architecture).DescribeGguf(metadata, config);
        if (config.Positions == PositionKind.Rotary) DescribeRotation(metadata, name, config);
    }

    // The factors of Llama 3 and Phi-3 are tensors: see GgufWeights.
    private static void DescribeRotation(GgufMetadata metadata, string name, DecoderConfig config)
    {
        metadata.Add($"{name}.rope.dimension_count", config.RotaryDim ?? config.HeadDim);
        metadata.Add($"{name}.rope.freq_base", config.RopeTheta);
        if (config.RopeScaling is LongRopeScaling longRope)
        {
            metadata.Add($"{name}.rope.scaling.original_context_length", longRope.OriginalContextLength);
            metadata.Add($"{name}.rope.scaling.attn_factor", longRope.Magnitude);
        }
        if (config.RopeScaling is not (LinearRopeScaling or YarnRopeScaling)) return;
        var yarn = config.RopeScaling as YarnRopeScaling;
        metadata.Add($"{name}.rope.scaling.type", yarn is null ? "linear" : "yarn");
        metadata.Add($"{name}.rope.scaling.factor", config.RopeScaling.Factor);
        if (yarn is null) return;
        metadata.Add($"{name}.rope.scaling.original_context_length", yarn.OriginalContextLength);
        metadata.Add($"{name}.rope.scaling.attn_factor", yarn.Magnitude / YarnRopeScaling.DefaultMagnitude(yarn.Factor, 1));
    }
}
