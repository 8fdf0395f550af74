using System.Text.Json;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>A tokenizer.json that somebody made to take all time or all memory ends with an error that names the part.</summary>
public class TokenizerLimitTests
{
    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a*a*)*$")]
    public void AnExpressionThatTriesTooManyWaysIsStopped(string expression)
    {
        var tokenizer = With("\"pre_tokenizer\"", $$"""
            {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "pattern": {"Regex": "{{expression}}"}, "behavior": "Isolated"}, {"type": "ByteLevel"}]}
            """);
        var error = Assert.Throws<TokenizerException>(() => tokenizer.Encode(new string('a', 40) + "!"));
        Assert.Equal("folder/tokenizer.json: pre_tokenizer.pretokenizers[0].pattern.Regex: " +
            $"the expression {expression} took 1 s for one match in a text of " +
            "41 characters. Nested repetitions, such as (a+)+, try too many ways: write it without them.", error.Message);
    }

    [Fact]
    public void ALongExpressionIsNotRepeatedWhole()
    {
        var expression = @"\\p{" + new string('x', 100_000) + "}";
        var step = $$"""{"type": "Replace", "pattern": {"Regex": "{{expression}}"}, "content": "b"}""";
        var error = Assert.Throws<TokenizerException>(() => With("\"normalizer\"", step));
        Assert.InRange(error.Message.Length, 100, 400);
    }

    [Fact]
    public void AnExpressionOfANormalizerIsStoppedToo()
    {
        var tokenizer = With("\"normalizer\"", """{"type": "Replace", "pattern": {"Regex": "(a+)+$"}, "content": "b"}""");
        Assert.StartsWith("folder/tokenizer.json: normalizer.pattern.Regex: the expression (a+)+$ took 1 s",
            Assert.Throws<TokenizerException>(() => tokenizer.Encode(new string('a', 40) + "!")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NormalizersThatGrowEachOthersResultsAreStopped()
    {
        var steps = Enumerable.Repeat("""{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaa"}""", 12);
        var tokenizer = With("\"normalizer\"", $$"""{"type": "Sequence", "normalizers": [{{string.Join(", ", steps)}}]}""");
        Assert.Equal(300_000, tokenizer.Decode(
            With("\"normalizer\"", $$"""{"type": "Sequence", "normalizers": [{{string.Join(", ", steps.Take(5))}}]}""")
                .Encode("aaa")).Length);
        var error = Assert.Throws<TokenizerException>(() => tokenizer.Encode("aaa"));
        Assert.Equal("folder/tokenizer.json: normalizer.normalizers[5]: " +
            "makes the text longer than 1,048,672 characters, 32 times its length and a million. " +
            "Its steps let each other's results grow; remove some.", error.Message);
    }

    // U+FDFA is 18 characters in NFKD, and each of them can become U+FDFA again.
    [Fact]
    public void UnicodeFormsThatGrowEachOthersResultsAreStopped()
    {
        string[] pair = ["""{"type": "NFKD"}""", """{"type": "Replace", "pattern": {"Regex": "."}, "content": "\uFDFA"}"""];
        var tokenizer = With(
            "\"normalizer\"",
            $$"""{"type": "Sequence", "normalizers": [{{string.Join(", ", Enumerable.Repeat(pair, 30).SelectMany(step => step))}}]}""");
        Assert.Contains("makes the text longer than", Assert.Throws<TokenizerException>(() => tokenizer.Encode("a")).Message);
    }

    [Fact]
    public void TextBetweenAddedTokensSharesOneLimit()
    {
        var steps = Enumerable.Repeat("""{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaa"}""", 5);
        var tokenizer = With("\"normalizer\"", $$"""{"type": "Sequence", "normalizers": [{{string.Join(", ", steps)}}]}""");
        Assert.Contains(
            "makes the text longer than",
            Assert.Throws<TokenizerException>(() => tokenizer.Encode(string.Concat(Enumerable.Repeat("a<|end|>", 40)))).Message);
    }

    [Fact]
    public void AReplacedExpressionSeesWholeCharacters()
    {
        var tokenizer = With("\"normalizer\"", """{"type": "Replace", "pattern": {"Regex": "[^\\x00-\\x7F]"}, "content": "-"}""");
        Assert.Equal("a-b-", tokenizer.Decode(tokenizer.Encode("a🐇bé")));
    }

    private static ByteLevelBpe With(string part, string value)
    {
        var json = File.ReadAllText(SmallTokenizer.FilePath);
        using var document = JsonDocument.Parse(json);
        var old = document.RootElement.GetProperty(part.Trim('"')).GetRawText();
        return ByteLevelBpe.Parse(json.Replace($"{part}: {old}", $"{part}: {value}", StringComparison.Ordinal), "folder/tokenizer.json");
    }
}
