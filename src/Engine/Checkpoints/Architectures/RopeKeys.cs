using System.Text.Json.Nodes;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Checkpoints.Architectures;

/// <summary>
/// Rotary positions in a config.json: <c>rope_theta</c> and <c>rope_scaling</c>, or both inside the newer <c>rope_parameters</c>.
/// </summary>
internal static class RopeKeys
{
    public static double Theta(JsonSection json)
    {
        RefusePartialRotation(json);
        return json.OptionalSection("rope_parameters")?.OptionalPositive("rope_theta") ?? json.OptionalPositive("rope_theta") ?? 10_000;
    }

    public static RopeScaling? Scaling(JsonSection json, int context)
    {
        var scaling = json.OptionalSection("rope_parameters") ?? json.OptionalSection("rope_scaling");
        if (scaling is null)
            return null;
        RefusePartialRotation(scaling);
        return scaling.OptionalText("rope_type", "type") switch
        {
            null or "default" => null,
            "linear" => new LinearRopeScaling(Factor(scaling)),
            "llama3" => Llama3(scaling, context),
            _ => throw scaling.Wrong(scaling.Has("rope_type") ? "rope_type" : "type", "default, linear or llama3",
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
        return new(Factor(scaling), low, high, scaling.OptionalSize("original_max_position_embeddings") ?? context);
    }

    private static double Factor(JsonSection scaling)
    {
        var factor = scaling.OptionalPositive("factor") ?? throw scaling.Missing("factor", "a number of 1 or more");
        return factor >= 1 ? factor : throw scaling.Wrong("factor", "1 or more");
    }

    private static void RefusePartialRotation(JsonSection json)
    {
        if (json.OptionalPositive("partial_rotary_factor") is { } part && part != 1)
            throw json.Wrong("partial_rotary_factor", "1, or missing", "Choose a checkpoint that rotates whole heads.");
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
            ["original_max_position_embeddings"] = llama3.OriginalContextLength,
        },
        _ => throw new CheckpointException(
            $"RopeScaling is {scaling.GetType().Name}; config.json can hold LinearRopeScaling or Llama3RopeScaling. Choose one of these."),
    };
}
