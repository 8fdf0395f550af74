using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Tests;

/// <summary>The tokenizer of Golden/tokenizer.small.json: about 700 tokens of mixed text.</summary>
internal static class SmallTokenizer
{
    public static readonly BpeTrainingOptions Options = new()
    {
        VocabularySize = 800,
        SpecialTokens = ["<|endoftext|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>", "<|end|>"],
    };

    public static string FilePath => GoldenFile.PathOf("tokenizer.small.json");

    public static ByteLevelBpe Shared { get; } = ByteLevelBpe.Load(FilePath);
}
