using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Generation;

/// <summary>Refuses logits that are not finite numbers before a token is sampled, and names the weight that caused them.</summary>
internal static class LogitsCheck
{
    /// <summary>Refuses logits that hold NaN or positive infinity, or no finite value.</summary>
    /// <exception cref="LogitsException">Names the weight that holds NaN or infinity, if one does.</exception>
    /// <param name="highest">The largest of them, which is NaN where one is.</param>
    /// <param name="model">The model that gave them.</param>
    public static void Check(float highest, LanguageModel model)
    {
        if (float.IsFinite(highest)) return;
        throw new LogitsException($"The model in '{model.Folder}' gives logits that are not numbers. {Cause(model)}");
    }

    private static string Cause(LanguageModel model)
    {
        var guilty = new List<string>();
        using var noGradients = no_grad();
        foreach (var (name, weight) in model.Decoder.named_parameters())
        {
            using var scope = NewDisposeScope();
            if (!weight.isfinite().all().item<bool>()) guilty.Add(name);
        }
        return guilty.Count switch
        {
            0 => $"Its weights are all finite, so a sum leaves the range of {model.Dtype}: load it with a wider format, such as Float32.",
            1 => $"Its weight '{guilty[0]}' holds NaN or infinity. Download or train the model again.",
            _ => $"Its weight '{guilty[0]}' holds NaN or infinity, and {guilty.Count - 1} more do. Download or train the model again.",
        };
    }
}
