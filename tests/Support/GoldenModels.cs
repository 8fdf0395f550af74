using System.Text.Json;
using LlmRabbitHoles.Model;

namespace LlmRabbitHoles.Tests;

/// <summary>The random checkpoints and logits that Golden/make_models.py made with Debian's PyTorch.</summary>
internal static class GoldenModels
{
    public static TheoryData<string> Names =>
        ["llama", "llama3-bf16", "mistral-f16", "qwen2", "qwen3", "gpt2", "llama-yarn", "llama-yarn-mscale", "smollm3",
            "olmo2", "phi3", "gemma2", "gemma2-uneven", "gemma3",
            "gemma3-vision", "qwen2-window", "qwen3-window", "smollm3-window"];

    /// <summary>Those that llama.cpp computes alike.</summary>
    public static TheoryData<string> InLlamaCpp =>
        [.. Names.Select(row => row.Data).Except(NotInLlamaCpp.Select(row => row.Data.Item1)), "phi3-long"];

    /// <summary>Those that llama.cpp would compute otherwise, and why.</summary>
    public static TheoryData<string, string> NotInLlamaCpp => new()
    {
        { "llama-yarn-mscale", "a blend of rope frequencies that does not lie between 1 and 32 turns" },
        { "gemma2-uneven", "scores divided by the root of 6.5, and there of 10" },
        { "qwen2-window", "a sliding window of 4, and there every token sees all before it" },
        { "qwen3-window", "a sliding window of 3, and there every token sees all before it" },
        { "smollm3-window", "a sliding window of 4, and there every token sees all before it" },
        { "llama-dynamic", "dynamic rope scaling, and there is none there" },
    };

    /// <summary>Those whose rotations depend on how long the text is, with texts that outgrow the context of pretraining.</summary>
    public static TheoryData<string> Stretching => ["llama-dynamic", "phi3-long"];

    /// <summary>A window of all layers taken away: llama.cpp has none where it is not the family's.</summary>
    public static DecoderConfig WithoutWindow(DecoderConfig config) =>
        config.LayerKinds is null ? config with { SlidingWindow = null } : config;

    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "models", name);

    /// <summary>A folder that Golden/make_quantized.py made; what its numbers are lies in the folder numbers in it.</summary>
    public static string Quantized(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "quantized", name);

    public static LanguageModel Load(string name) => LanguageModel.Load(Folder(name), "cpu");

    public static Expected Expected(string name) =>
        JsonSerializer.Deserialize<Expected>(File.ReadAllText(Path.Combine(Folder(name), "expected.json")), JsonSerializerOptions.Web)!;
}

internal sealed record Expected(int[] Tokens, float[][] Logits, float[][]? Steps = null);
