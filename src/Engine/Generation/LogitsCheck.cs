using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Generation;

/// <summary>Notices logits that are not numbers before anything is drawn from them, and looks for the weight that is to blame.</summary>
internal static class LogitsCheck
{
    /// <summary>Refuses logits of which one is not a number, or positively infinite, or none finite.</summary>
    /// <exception cref="LogitsException">Names the weight that holds NaN or infinity, if one does.</exception>
    /// <param name="highest">The largest of them, which is NaN where one is.</param>
    /// <param name="model">What gave them.</param>
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
            0 => $"Its weights are all finite, so a sum leaves the range of {model.Format}: load it with a wider format, such as Float32.",
            1 => $"Its weight '{guilty[0]}' holds NaN or infinity. Download or train the model again.",
            _ => $"Its weight '{guilty[0]}' holds NaN or infinity, and {guilty.Count - 1} more do. Download or train the model again.",
        };
    }
}
