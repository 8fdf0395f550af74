using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Book.Tests.Live;

/// <summary>Alice in the engine, loaded once: what the browser is held against.</summary>
internal static class Engine
{
    private static readonly Lazy<LanguageModel> Loaded = new(() => LanguageModel.Load(Repository.Alice, "cpu"));

    public static LanguageModel Alice => Loaded.Value;

    /// <summary>The likeliest continuation.</summary>
    public static GenerationResult Greedy(IReadOnlyList<int> prompt, int maxTokens) =>
        Generate(prompt, maxTokens, SamplingOptions.Greedy);

    public static GenerationResult Generate(IReadOnlyList<int> prompt, int maxTokens, SamplingOptions sampling) =>
        new TextGenerator(Alice).Generate(prompt, new() { MaxTokens = maxTokens, Sampling = sampling });

    /// <summary>What comes after the last token: [vocab].</summary>
    public static float[] Logits(IReadOnlyList<int> tokens)
    {
        using var logits = Alice.Logits(tokens);
        return logits.data<float>().ToArray()[^Alice.Config.VocabularySize..];
    }
}
