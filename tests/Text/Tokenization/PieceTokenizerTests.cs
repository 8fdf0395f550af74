using System.Buffers;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>What a tokenizer of pieces does, by hand.</summary>
public class PieceTokenizerTests
{
    private static readonly PieceTokenizer Prefixed = PieceModels.Of("pieces");

    [Fact]
    public void ATokenizerJsonIsReadAsItsKind()
    {
        Assert.IsType<PieceTokenizer>(TokenizerJson.Load(GoldenFile.PathOf("pieces.bpe.json")));
        Assert.IsType<PieceTokenizer>(TokenizerJson.Load(GoldenFile.PathOf("pieces.unigram.json")));
        Assert.IsType<ByteLevelBpe>(TokenizerJson.Load(SmallTokenizer.FilePath));
    }

    [Fact]
    public void TheSpaceBeforeATextIsPutThereAndTakenOff()
    {
        Assert.Equal("▁the", Prefixed.EncodeToTokens("the", out _)[0].Value);
        Assert.Equal("the tokens", Prefixed.Decode(Prefixed.Encode("the tokens")));
        Assert.Equal(" the", Prefixed.Decode(Prefixed.Encode(" the")));
        Assert.Equal(" the"u8.ToArray(), Prefixed.BytesOf(Prefixed.IdOf("▁the")!.Value));
    }

    [Fact]
    public void AStreamStripsOnlyTheStartOfTheText()
    {
        var decoder = ((Tokenizer)Prefixed).CreateDecoder();
        int[] ids = [1, Id("▁"), Id("▁"), Id("▁the"), Id("▁"), Id("▁the")];
        Assert.Equal(["", "", " ", " the", " ", " the"], ids.Select(decoder.Add));
        Assert.Equal("", decoder.Flush());
        Assert.Equal(["the", " the"], new[] { Id("▁the"), Id("▁the") }.Select(decoder.Add));
    }

    [Fact]
    public void AStreamHoldsBytesBackUntilTheyAreACharacter()
    {
        var decoder = Prefixed.CreateDecoder();
        Assert.Equal(["", "", "", "🐇"], new[] { 0xF0, 0x9F, 0x90, 0x87 }.Select(value => decoder.Add(Id($"<0x{value:X2}>"))));
        Assert.Equal(["", "\uFFFD the"], new[] { Id("<0xF0>"), Id("▁the") }.Select(decoder.Add));
        Assert.Equal("", decoder.Add(Id("<0xE2>")));
        Assert.Equal("\uFFFD", decoder.Flush());
    }

    [Fact]
    public void SpecialTokensArePutAroundATextAndCanBeSkipped()
    {
        var ids = Prefixed.Encode("the", addSpecialTokens: true);
        Assert.Equal([1, Id("▁the")], ids);
        Assert.Equal("<s> the", Prefixed.Decode(ids));
        Assert.Equal("the", ((Tokenizer)Prefixed).Decode(ids, skipSpecialTokens: true));
        Assert.Equal(["<unk>", "<s>", "</s>"], Prefixed.SpecialTokens.Keys);
    }

    [Fact]
    public void DecodingSaysWhyItStops()
    {
        var memory = new char[8];
        Assert.Equal(OperationStatus.Done, Prefixed.Decode([Id("▁the")], memory, out var used, out var written));
        Assert.Equal((1, 3), (used, written));
        Assert.Equal(OperationStatus.NeedMoreData, Prefixed.Decode([Id("▁the"), Id("<0xF0>")], memory, out used, out written));
        Assert.Equal((1, 3), (used, written));
        Assert.Equal(
            OperationStatus.DestinationTooSmall, Prefixed.Decode([Id("▁the"), Id("▁the")], memory.AsSpan(0, 4), out used, out written));
        Assert.Equal((1, 3), (used, written));
        Assert.Equal(OperationStatus.InvalidData, Prefixed.Decode([Id("▁the"), 100_000], memory, out used, out written));
        Assert.Equal((1, 3), (used, written));
    }

    [Theory]
    [InlineData("pieces")]
    [InlineData("pieces, no prefix")]
    [InlineData("pieces, likeliest")]
    [InlineData("pieces, likeliest, bytes")]
    public void ASavedTokenizerReadsBackTheSame(string name)
    {
        var tokenizer = PieceModels.Of(name);
        using var folder = new TemporaryFolder();
        tokenizer.Save(folder["1.json"]);
        var again = TokenizerJson.Load(folder["1.json"]);
        again.Save(folder["2.json"]);
        Assert.Equal(File.ReadAllText(folder["1.json"]), File.ReadAllText(folder["2.json"]));
        Assert.All(MixedTexts.Plain.Take(500), text => Assert.Equal(tokenizer.Encode(text, true), again.Encode(text, true)));
    }

    // A text of one word: merging it pair by pair, each time from the start, would take minutes.
    [Fact]
    public void ALongTextWithoutSpacesIsEncodedInTime()
    {
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(i => (char)('a' + ((long)i * i % 26))));
        Assert.Equal(text, Prefixed.Decode(Prefixed.Encode(text)));
        var likeliest = PieceModels.Of("pieces, likeliest");
        Assert.Equal(text, likeliest.Decode(likeliest.Encode(text)));
    }

    // Parts of a text are merged alone; all parts at once give the same.
    [Fact]
    public void PartsMergeAsTheWholeDoes()
    {
        var (pieces, scores, types) = PieceModels.Scored();
        var without = pieces.Select(piece => piece.Replace('▁', '_')).ToArray();        // nothing is split before _
        var whole = PieceTokenizer.FromScores(without, scores, types, new() { AddSpacePrefix = false });
        var parts = PieceTokenizer.FromScores(pieces, scores, types, new() { AddSpacePrefix = false });
        foreach (var text in MixedTexts.Plain.Take(6_000).Select(text => text.Replace('▁', ' ').Replace('_', ' ')))
            Assert.Equal(whole.Encode(text.Replace(' ', '_')), parts.Encode(text));
    }

    private static int Id(string piece) => Prefixed.IdOf(piece) ?? throw new ArgumentException(piece, nameof(piece));
}
