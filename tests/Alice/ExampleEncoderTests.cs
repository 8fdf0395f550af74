using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice.Tests;

public class ExampleEncoderTests
{
    private static readonly ByteLevelBpe Tokenizer =
        BpeTrainer.Train(
            ["a b c"], new BpeTrainingOptions { VocabularySize = 270, SpecialTokens = AliceFormat.SpecialTokens }, progress: null, default);

    [Fact]
    public void EverythingButTheFirstTokenOfAPlainTextIsLearned() =>
        Assert.Equal(["b", "c", "<|endoftext|>"], Learned(Document.Plain("test", "abc")));

    [Fact]
    public void OnlyTheAssistantsTurnsOfAChatAreLearnedWithTheirEnds() => Assert.Equal(
        ["y", "<|end|>", "<|think|>", "w", "<|/think|>", "z", "<|end|>"],
        Learned(Chat(("system", "s"), ("user", "x"), ("assistant", "y"), ("tool", "t"), ("assistant", "<|think|>w<|/think|>z"))));

    [Fact]
    public void AThoughtThatIsClosedBeforeItBeginsIsNotLearned() =>
        Assert.Equal(["z", "<|end|>"], Learned(Chat(("user", "x"), ("assistant", "<|think|><|/think|>z"))));

    [Fact]
    public void OnlyTheAnswerOfAPreferenceIsLearned()
    {
        var example = new ExampleEncoder(Tokenizer).Encode([new("user", "x"), new("assistant", "y"), new("user", "x")], "z");

        Assert.Equal(["z", "<|end|>"], Learned(example));
    }

    [Fact]
    public void ARoleThatTheFormatDoesNotKnowIsRefused() =>
        Assert.Contains("'robot'", Assert.Throws<ArgumentException>(() => Learned(Chat(("robot", "x")))).Message, StringComparison.Ordinal);

    [Fact]
    public void TheTokensOfTheFormatHaveTheirIds()
    {
        Assert.Equal("<|end|>", AliceFormat.SpecialTokens[AliceFormat.EndOfTurn]);
        Assert.Equal("<|endoftext|>", AliceFormat.SpecialTokens[AliceFormat.EndOfText]);
        Assert.Equal("<|think|>", AliceFormat.SpecialTokens[AliceFormat.Think]);
        Assert.Equal("<|/think|>", AliceFormat.SpecialTokens[AliceFormat.ThinkEnd]);
    }

    private static string[] Learned(Document document) => Learned(new ExampleEncoder(Tokenizer).Encode(document));

    private static string[] Learned(Example example) =>
        [.. example.Tokens.Zip(example.Learn).Where(t => t.Second).Select(t => Tokenizer.Piece(t.First))];

    private static Document Chat(params (string Role, string Content)[] turns) =>
        Document.Chat("test", [.. turns.Select(t => new ChatMessage(t.Role, t.Content))]);
}
