using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Lessons.Tests;

/// <summary>Displays that get their pieces from a real tokenizer.</summary>
public class TokenizerDisplayTests
{
    private static readonly ByteLevelBpe Tokenizer = BpeTrainer.Train(
        ["low lower lowest low lower", "newer newest newer"], new BpeTrainingOptions { VocabularySize = 270, SpecialTokens = ["<|end|>"] });

    [Fact]
    public void AStripShowsThePiecesAndIdsOfAText()
    {
        var ids = Tokenizer.Encode("low é<|end|>");
        var text = TokenStrip.Of(Tokenizer, "low é<|end|>").ToText();
        Assert.Equal(TokenStrip.Of(Tokenizer, ids).ToText(), text);
        Assert.All(ids, id => Assert.Contains(id.ToString(), text));
        Assert.Contains("[<|end|>]", text);
        Assert.EndsWith($"{ids.Length} tokens", text);
    }

    [Fact]
    public void ASpecialTokenIsDrawnAsOne() => Assert.Contains("k s", TokenStrip.Of(Tokenizer, "<|end|>").ToHtml());

    [Fact]
    public void CandidatesAreNamedByTheTokenizer()
    {
        var low = Tokenizer.Encode("low")[0];
        var logits = new float[Tokenizer.VocabularySize];
        logits[low] = 9;
        Assert.Contains($"[{Tokenizer.Piece(low)}]", ProbabilityBars.FromLogits(logits, Tokenizer, top: 1).ToText());
    }

    [Fact]
    public void AVocabularyMayBePaddedBeyondTheTokenizers()
    {
        var logits = new float[Tokenizer.VocabularySize + 1];
        logits[^1] = 9;
        Assert.Contains($"<no·token·{Tokenizer.VocabularySize}>", ProbabilityBars.FromLogits(logits, Tokenizer, top: 1).ToText());
    }

    [Fact]
    public void TheMergesOfAWordEndInItsTokens()
    {
        var trace = Tokenizer.Trace("lower");
        var lines = MergeSteps.Of(trace).ToText().Split('\n');
        Assert.Equal(trace.Steps.Count + 1, lines.Length);
        Assert.StartsWith("0  l o w e r", lines[0]);
    }
}
