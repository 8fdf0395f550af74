using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Alice.Tests;

public class WordSpaceTests
{
    // Royal to the right, common to the left; male up, female down. Lengths differ and do not count.
    private static readonly WordSpace Court = new(
    [
        ("king", [3f, 3f, 0f]), ("queen", [1f, -1f, 0f]), ("man", [-1f, 1f, 0f]), ("woman", [-2f, -2f, 0f]), ("apple", [0f, 0f, 1f]),
    ]);

    [Fact]
    public void KingMinusManPlusWomanIsQueen() => Assert.Equal(["queen", "apple"], Court.Complete("man", "woman", "king", 5));

    [Fact]
    public void CompletingReturnsTheNumberOfWordsAskedFor() => Assert.Equal(["queen"], Court.Complete("man", "woman", "king", 1));

    [Fact]
    public void WordsAreTokensWithTheirSpace()
    {
        using var model = GoldenModels.Load("gpt2");
        Assert.Contains("tokenizer.json", Assert.Throws<PromptException>(() => new WordSpace(model)).Message, StringComparison.Ordinal);
    }
}
