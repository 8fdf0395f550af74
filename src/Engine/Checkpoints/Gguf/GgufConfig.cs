using LlmRabbitHoles.Checkpoints.Architectures;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Gguf;

/// <summary>The sizes and variants of the model in a GGUF file. What has no key is seen from which tensors there are.</summary>
internal static class GgufConfig
{
    // Wider than any; a number that was damaged must not become a table of that many frequencies.
    private const int WidestHead = 1 << 16;

    /// <summary>Reads them.</summary>
    /// <exception cref="CheckpointException">The architecture is another, or a key is missing or impossible.</exception>
    public static DecoderConfig Read(GgufFile file)
    {
        const string Key = "general.architecture";
        var settings = file.Settings;
        var name = settings.Text(Key);
        var family = Architecture.All.FirstOrDefault(family => family.GgufName == name) ?? throw settings.Wrong(
            Key, string.Join(", ", Architecture.All.Select(family => family.GgufName).Distinct()), "Choose a model of one of these.");
        try
        {
            return family.ReadGguf(Read(file, family), settings).Validate();
        }
        catch (ArgumentException e)
        {
            throw new CheckpointException($"'{file.Path}' describes a model that cannot be: {e.Message} Convert the model again.", e);
        }
    }

    private static DecoderConfig Read(GgufFile file, Architecture family)
    {
        var (settings, name) = (file.Settings, family.GgufName);
        var hidden = settings.Size($"{name}.embedding_length");
        var heads = settings.Size($"{name}.attention.head_count");
        var headDim = HeadDim(settings, $"{name}.attention.key_length", Math.Max(1, hidden / heads));
        var norm = settings.Has($"{name}.attention.layer_norm_epsilon") ? NormKind.LayerNorm : NormKind.RmsNorm;
        return new()
        {
            Architecture = family.Name,
            VocabularySize = (int)Math.Min(int.MaxValue, file["token_embd.weight"].Shape[0]),
            HiddenSize = hidden,
            Layers = Layers(file, $"{name}.block_count"),
            Heads = heads,
            KeyValueHeads = settings.OptionalSize($"{name}.attention.head_count_kv") ?? heads,
            HeadDim = headDim,
            FeedForwardSize = settings.Size($"{name}.feed_forward_length"),
            ContextLength = settings.Size($"{name}.context_length"),
            NormEpsilon = settings.OptionalPositive(
                $"{name}.attention.layer_norm_{(norm == NormKind.RmsNorm ? "rms_" : "")}epsilon") ?? 1e-5,
            Norm = norm,
            RopeTheta = settings.OptionalPositive($"{name}.rope.freq_base") ?? 10_000,
            RopeScaling = Scaling(file, name),
            RotaryDim = settings.OptionalSize($"{name}.rope.dimension_count") is { } channels && channels != headDim ? channels : null,
            AttentionBias = file.Contains("blk.0.attn_q.bias") || file.Contains("blk.0.attn_qkv.bias"),
            OutputBias = file.Contains("blk.0.attn_output.bias"),
            FeedForwardBias = file.Contains("blk.0.ffn_up.bias"),
            QueryKeyNorm = HeadNorms(file, headDim),
            SlidingWindow = settings.OptionalSize($"{name}.attention.sliding_window"),
            TiedEmbeddings = !file.Contains("output.weight"),
        };
    }

    // Each layer has tensors, so a number that was damaged shows before a decoder of that many layers is thought out.
    private static int Layers(GgufFile file, string key) => file.Settings.Size(key) is var layers && layers <= file.Entries.Count
        ? layers
        : throw file.Settings.Wrong(key, $"at most {file.Entries.Count}, the number of tensors");

    private static int HeadDim(GgufSettings settings, string key, int usual) => (settings.OptionalSize(key) ?? usual) is var width
        && width <= WidestHead ? width : throw settings.Wrong(key, $"at most {WidestHead}");

    private static QueryKeyNorm HeadNorms(GgufFile file, int headDim)
    {
        const string Norm = "blk.0.attn_q_norm.weight";
        return !file.Contains(Norm) ? QueryKeyNorm.None
            : file[Norm].Shape[0] == headDim ? QueryKeyNorm.EachHead
            : QueryKeyNorm.AllHeads;
    }

    private static RopeScaling? Scaling(GgufFile file, string name)
    {
        if (file.Contains(GgufWeights.RopeFactors)) return new PairRopeScaling(Factors(file, GgufWeights.RopeFactors));
        if (file.Contains(GgufWeights.LongFactors) || file.Contains(GgufWeights.ShortFactors)) return LongRope(file, name);
        var (settings, type) = (file.Settings, $"{name}.rope.scaling.type");
        var factor = settings.OptionalPositive($"{name}.rope.scaling.factor") ?? 1;
        return settings.OptionalText(type) switch
        {
            null or "none" => null,
            "linear" when factor >= 1 => new LinearRopeScaling(factor),
            "linear" or "yarn" when factor < 1 => throw settings.Wrong($"{name}.rope.scaling.factor", "1 or more"),
            "yarn" => new YarnRopeScaling(
                factor, settings.Size($"{name}.rope.scaling.original_context_length"),
                settings.OptionalPositive($"{name}.rope.scaling.yarn_beta_fast") ?? 32,
                settings.OptionalPositive($"{name}.rope.scaling.yarn_beta_slow") ?? 1,
                YarnRopeScaling.DefaultMagnitude(factor, 1) * (settings.OptionalPositive($"{name}.rope.scaling.attn_factor") ?? 1)),
            _ => throw settings.Wrong(type, "none, linear or yarn", "Choose a model with one of these."),
        };
    }

    private static LongRopeScaling LongRope(GgufFile file, string name)
    {
        var original = file.Settings.Size($"{name}.rope.scaling.original_context_length");
        return new LongRopeScaling(
            Math.Max(1, (double)file.Settings.Size($"{name}.context_length") / original), original,
            Factors(file, GgufWeights.ShortFactors), Factors(file, GgufWeights.LongFactors),
            file.Settings.OptionalPositive($"{name}.rope.scaling.attn_factor"));
    }

    private static IReadOnlyList<double> Factors(GgufFile file, string name)
    {
        var entry = file[name];
        if (entry.Type != GgufType.F32 || entry.Shape.Count != 1)
            throw new CheckpointException(
                $"'{entry.Name}' in '{file.Path}' is [{string.Join(", ", entry.Shape)}] in {entry.Type}; it must be a vector in f32. " +
                "Convert the model again.");
        using var factors = file.Read(entry);
        return [.. factors.data<float>().ToArray().Select(factor => (double)factor)];
    }
}
