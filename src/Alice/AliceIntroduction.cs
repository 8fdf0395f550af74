using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Alice;

/// <summary>What Alice says of herself where people talk with her, and six things to ask.</summary>
public static class AliceIntroduction
{
    /// <summary>What she is.</summary>
    public const string Text =
        "Alice is a small language model, small enough to take apart, not to talk with. Her world is capitals, animals, colours, sums, " +
        "spelling, short stories, and what you tell her.";

    /// <summary>What she can be asked, one of each kind.</summary>
    public static IReadOnlyList<string> Questions { get; } =
    [
        "What is the capital of Italy?",
        "If I have 15 apples and get 8 more, how many do I have?",
        "My cat is named Tom.    (and then: What is my cat's name?)",
        "How do you spell rabbit?",
        "Tell me a story about a fox.",
        "What is a transformer?",
    ];

    /// <summary>Whether a tokenizer is that of a model of her family: it has her special tokens at their places.</summary>
    public static bool IsOf(Tokenizer tokenizer)
    {
        var known = tokenizer.SpecialTokens;
        return AliceFormat.SpecialTokens.Index().All(token => known.TryGetValue(token.Item, out var id) && id == token.Index);
    }
}
