using System.Text.Json;

namespace LlmRabbitHoles.Tests;

/// <summary>The random checkpoints and logits that Golden/make_models.py made with Debian's PyTorch.</summary>
internal static class GoldenModels
{
    public static TheoryData<string> Names => ["llama", "llama3-bf16", "mistral-f16", "qwen2", "qwen3", "gpt2"];

    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "models", name);

    public static LanguageModel Load(string name) => LanguageModel.Load(Folder(name), "cpu");

    public static Expected Expected(string name) =>
        JsonSerializer.Deserialize<Expected>(File.ReadAllText(Path.Combine(Folder(name), "expected.json")), JsonSerializerOptions.Web)!;
}

internal sealed record Expected(int[] Tokens, float[][] Logits);
