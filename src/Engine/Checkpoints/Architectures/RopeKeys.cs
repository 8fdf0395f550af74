using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>
/// Rotary positions in a config.json: <c>rope_theta</c> and <c>rope_scaling</c>, or both inside the newer <c>rope_parameters</c>.
/// </summary>
internal static class RopeKeys
{
    private const string OriginalKey = "original_max_position_embeddings";
    private const string PartialKey = "partial_rotary_factor";

    /// <param name="json">The config.json.</param>
    /// <param name="usual">Where no key says it.</param>
    public static double Theta(JsonSection json, double usual) =>
        Parameters(json)?.OptionalPositive("rope_theta") ?? json.OptionalPositive("rope_theta") ?? usual;

    /// <summary>Of layers with a window, in Gemma 3.</summary>
    public static double LocalTheta(JsonSection json) =>
        json.OptionalSection("rope_parameters")?.OptionalSection("sliding_attention")?.OptionalPositive("rope_theta")
        ?? json.OptionalPositive("rope_local_base_freq") ?? 10_000;

    // Families with windows in some layers have a section for each kind.
    private static JsonSection? Parameters(JsonSection json) =>
        json.OptionalSection("rope_parameters") is { } parameters ? parameters.OptionalSection("full_attention") ?? parameters : null;

    /// <returns>Null where whole heads are rotated.</returns>
    public static int? RotaryDim(JsonSection json, int headDim)
    {
        var section = Parameters(json) is { } parameters && parameters.Has(PartialKey) ? parameters : json;
        if (section.OptionalPositive(PartialKey) is not { } part || part == 1) return null;
        var channels = (int)(headDim * part);
        return part < 1 && channels >= 2 && channels % 2 == 0
            ? channels
            : throw section.Wrong(PartialKey, $"at most 1, and leave an even number of the {headDim} channels of a head");
    }

    public static RopeScaling? Scaling(JsonSection json, int context)
    {
        var scaling = Parameters(json) ?? json.OptionalSection("rope_scaling");
        if (scaling is null)
            return null;
        return scaling.OptionalText("rope_type", "type") switch
        {
            null or "default" => null,
            "linear" => new LinearRopeScaling(Factor(scaling)),
            "llama3" => Llama3(scaling, context),
            "dynamic" => new DynamicRopeScaling(Factor(scaling), context),
            "yarn" => Yarn(scaling, context),
            "longrope" or "su" => LongRope(json, scaling, context),
            _ => throw scaling.Wrong(scaling.Has("rope_type") ? "rope_type" : "type", "default, linear, llama3, dynamic, yarn or longrope",
                "Choose a checkpoint without this scaling; " +
                "removing the key reads the model as it was pretrained, for its original context."),
        };
    }

    private static Llama3RopeScaling Llama3(JsonSection scaling, int context)
    {
        var low = scaling.OptionalPositive("low_freq_factor") ?? throw scaling.Missing("low_freq_factor", "a number more than 0");
        var high = scaling.OptionalPositive("high_freq_factor")
            ?? throw scaling.Missing("high_freq_factor", "a number more than low_freq_factor");
        if (high <= low)
            throw scaling.Wrong("high_freq_factor", $"more than low_freq_factor ({low})");
        return new(Factor(scaling), low, high, scaling.OptionalSize(OriginalKey) ?? context);
    }

    // DeepSeek's two scales make up the magnitude where there is no attention_factor.
    private static YarnRopeScaling Yarn(JsonSection scaling, int context)
    {
        var original = scaling.OptionalSize(OriginalKey) ?? context;
        var factor = scaling.Has("factor") ? Factor(scaling) : Math.Max(1, (double)context / original);
        var (scale, scaleOfAll) = (scaling.OptionalNonNegative("mscale") ?? 0, scaling.OptionalNonNegative("mscale_all_dim") ?? 0);
        var magnitude = scaling.OptionalPositive("attention_factor") ?? (scale > 0 && scaleOfAll > 0
            ? YarnRopeScaling.DefaultMagnitude(factor, scale) / YarnRopeScaling.DefaultMagnitude(factor, scaleOfAll)
            : YarnRopeScaling.DefaultMagnitude(factor, 1));
        var (fast, slow) = (scaling.OptionalPositive("beta_fast") ?? 32, scaling.OptionalPositive("beta_slow") ?? 1);
        return fast > slow
            ? new(factor, original, fast, slow, magnitude, scaling.OptionalFlag("truncate") ?? true)
            : throw scaling.Wrong("beta_fast", $"more than beta_slow ({slow})");
    }

    // Phi-3 names the context of pretraining beside the scaling, and its factor is the quotient of the two contexts.
    private static LongRopeScaling LongRope(JsonSection json, JsonSection scaling, int context)
    {
        var original = json.OptionalSize(OriginalKey) ?? scaling.OptionalSize(OriginalKey);
        var factor = original is { } pretrained ? (double)context / pretrained : scaling.OptionalPositive("factor") ?? 1;
        return new(
            Math.Max(1, factor), original ?? context, Factors(scaling, "short_factor"), Factors(scaling, "long_factor"),
            scaling.OptionalPositive("attention_factor"));
    }

    private static IReadOnlyList<double> Factors(JsonSection scaling, string key) =>
        scaling.OptionalPositives(key) ?? throw scaling.Missing(key, "a list of numbers more than 0");

    private static double Factor(JsonSection scaling)
    {
        var factor = scaling.OptionalPositive("factor") ?? throw scaling.Missing("factor", "a number of 1 or more");
        return factor >= 1 ? factor : throw scaling.Wrong("factor", "1 or more");
    }

    public static JsonObject? Write(RopeScaling? scaling) => scaling switch
    {
        null => null,
        LinearRopeScaling => new() { ["rope_type"] = "linear", ["type"] = "linear", ["factor"] = scaling.Factor },
        Llama3RopeScaling llama3 => new()
        {
            ["rope_type"] = "llama3",
            ["factor"] = llama3.Factor,
            ["low_freq_factor"] = llama3.LowFrequencyFactor,
            ["high_freq_factor"] = llama3.HighFrequencyFactor,
            [OriginalKey] = llama3.OriginalContextLength,
        },
        DynamicRopeScaling => new() { ["rope_type"] = "dynamic", ["type"] = "dynamic", ["factor"] = scaling.Factor },
        YarnRopeScaling yarn => new()
        {
            ["rope_type"] = "yarn",
            ["factor"] = yarn.Factor,
            ["beta_fast"] = yarn.BetaFast,
            ["beta_slow"] = yarn.BetaSlow,
            ["attention_factor"] = yarn.Magnitude,
            ["truncate"] = yarn.WholePairs,
            [OriginalKey] = yarn.OriginalContextLength,
        },
        LongRopeScaling longRope => new()
        {
            ["rope_type"] = "longrope",
            ["type"] = "longrope",
            ["short_factor"] = List(longRope.ShortFactors),
            ["long_factor"] = List(longRope.LongFactors),
            ["attention_factor"] = longRope.Magnitude,
            [OriginalKey] = longRope.OriginalContextLength,
        },
        _ => throw new CheckpointException(
            $"RopeScaling is {scaling.GetType().Name}, for which config.json has no key. " +
            "Choose linear, llama3, dynamic, yarn or longrope scaling."),
    };

    /// <summary>The context that max_position_embeddings names: of dynamic scaling, that of pretraining.</summary>
    public static int NamedContext(DecoderConfig config) => (config.RopeScaling as DynamicRopeScaling)?.OriginalContextLength
        ?? config.ContextLength;

    /// <summary>The longest text of a model whose configuration names this context.</summary>
    public static int Context(RopeScaling? scaling, int named) =>
        scaling is DynamicRopeScaling ? (int)Math.Min(int.MaxValue, named * scaling.Factor) : named;

    private static JsonArray List(IReadOnlyList<double> numbers) => [.. numbers.Select(number => JsonValue.Create(number))];
}
