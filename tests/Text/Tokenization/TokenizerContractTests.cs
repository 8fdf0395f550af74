using System.Buffers;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>What the package's Tokenizer promises, asked of ours and of the package's own.</summary>
public class TokenizerContractTests
{
    private static readonly string[] Texts =
        [.. MixedTexts.Plain.Take(1500), .. MixedTexts.Astral.Take(500), "", " ", "<|end|>", "a<|end|> b", "<|endoftext|>x"];

    public static TheoryData<string> Names =>
        [.. NamesThatKeepTheStart, "pieces", "pieces, unknown ones", "pieces, likeliest", "pieces, likeliest, bytes", "pieces, scores"];

    // The others take off a space at the start of what they decode, so that decoding cannot go on from the middle.
    public static TheoryData<string> NamesThatKeepTheStart =>
        ["small", "small, NFKC and prefix space", "gpt-2", "gpt-4", "gpt-4o", "tiktoken", "pieces, no prefix"];

    [Theory]
    [MemberData(nameof(Names))]
    public void IdsTokensAndCountsAgree(string name)
    {
        var tokenizer = TokenizerOf(name);
        foreach (var text in Texts)
        {
            var ids = tokenizer.EncodeToIds(text);
            Assert.Equal(ids, tokenizer.EncodeToIds(text.AsSpan()));
            Assert.Equal(ids, tokenizer.EncodeToTokens(text, out _).Select(token => token.Id));
            Assert.Equal(ids, tokenizer.Encode(text));
            Assert.Equal(ids.Count, tokenizer.CountTokens(text));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PlacesCoverTheNormalizedTextInOrder(string name)
    {
        var tokenizer = TokenizerOf(name);
        foreach (var text in Texts)
        {
            var tokens = tokenizer.EncodeToTokens(text, out var normalized);
            var read = normalized ?? text;
            var end = 0;
            foreach (var token in tokens)
            {
                var (start, length) = token.Offset.GetOffsetAndLength(read.Length);
                Assert.True(start <= end && start + length >= end, $"{text}: {token.Offset} behind {end}");
                var covered = read.Substring(start, length).Replace(' ', '▁');
                Assert.EndsWith(covered, token.Value.Replace(' ', '▁'), StringComparison.Ordinal);
                Assert.False(start < read.Length && char.IsLowSurrogate(read[start]), $"{text}: {token.Offset} starts within a pair");
                end = start + length;
            }

            Assert.Equal(read.Length, end);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheIndexOfATokenCountKeepsCharactersWhole(string name)
    {
        var (tokenizer, random) = (TokenizerOf(name), new Random(5));
        foreach (var text in Texts.Where(text => text.Length > 0))
        {
            var tokens = tokenizer.EncodeToTokens(text, out var normalized);
            var read = normalized ?? text;
            var most = random.Next(1, tokens.Count + 2);
            var ends = tokens.Select(token => token.Offset.End.GetOffset(read.Length)).ToArray();
            var starts = tokens.Select(token => token.Offset.Start.GetOffset(read.Length)).ToArray();

            // The most tokens, up to the limit, behind which no token covers the same character.
            var fitting = Enumerable.Range(0, Math.Min(most, tokens.Count) + 1)
                .Last(n => n == 0 || n == tokens.Count || starts[n] >= ends[n - 1]);
            var index = tokenizer.GetIndexByTokenCount(text, most, out var same, out var count);
            Assert.Equal((fitting, normalized), (count, same));
            Assert.Equal(fitting == 0 ? 0 : ends[fitting - 1], index);
            Assert.Equal(tokens.Take(fitting).Select(token => token.Id), tokenizer.EncodeToIds(text, most, out _, out var consumed));
            Assert.Equal(index, consumed);

            var kept = Enumerable.Range(0, Math.Min(most, tokens.Count) + 1)
                .Last(n => n == 0 || n == tokens.Count || starts[^n] >= ends[^(n + 1)]);
            index = tokenizer.GetIndexByTokenCountFromEnd(text, most, out same, out count);
            Assert.Equal((kept, normalized), (count, same));
            Assert.Equal(kept == 0 ? read.Length : kept == tokens.Count ? 0 : starts[^kept], index);
        }
    }

    [Theory]
    [MemberData(nameof(NamesThatKeepTheStart))]
    public void DecodingIntoSmallMemoryContinuesWhereItStopped(string name)
    {
        var (tokenizer, random) = (TokenizerOf(name), new Random(6));
        foreach (var text in Texts)
        {
            var ids = tokenizer.EncodeToIds(text);
            var whole = tokenizer.Decode(ids);
            var memory = new char[whole!.Length];
            Assert.Equal(OperationStatus.Done, tokenizer.Decode(ids, memory, out var used, out var written));
            Assert.Equal((ids.Count, whole), (used, new string(memory, 0, written)));

            var (done, read) = (0, "");
            while (done < ids.Count)
            {
                memory = new char[random.Next(1, 8)];
                var status = tokenizer.Decode(ids.Skip(done), memory, out used, out written);
                if (status == OperationStatus.DestinationTooSmall && used == 0)
                {
                    memory = new char[64];      // one token may be longer than the memory
                    status = tokenizer.Decode(ids.Skip(done).Take(8), memory, out used, out written);
                    if (used == 0) status = tokenizer.Decode(ids.Skip(done), memory = new char[600], out used, out written);
                }

                Assert.True(used > 0, $"{text}: {status}");
                (done, read) = (done + used, read + new string(memory, 0, written));
            }

            Assert.Equal(whole, read);
        }
    }

    [Fact]
    public void DecodingSaysWhyItStops()
    {
        var tokenizer = SmallTokenizer.Shared;
        var (ids, memory) = (tokenizer.Encode("a🐇"), new char[8]);
        Assert.Equal(OperationStatus.NeedMoreData, tokenizer.Decode(ids[..^1], memory, out var used, out var written));
        Assert.Equal((1, 1), (used, written));
        Assert.Equal(OperationStatus.DestinationTooSmall, tokenizer.Decode(ids, memory.AsSpan(0, 2), out used, out written));
        Assert.Equal((1, 1), (used, written));
        Assert.Equal(OperationStatus.InvalidData, tokenizer.Decode([ids[0], 100_000], memory, out used, out written));
        Assert.Equal((1, 1), (used, written));
        Assert.Equal(OperationStatus.InvalidData, tokenizer.Decode([ids[0], ids[2], ids[0]], memory, out used, out written));
        Assert.Equal((1, 1), (used, written));
        Assert.Equal(OperationStatus.Done, tokenizer.Decode([], memory, out used, out written));
        Assert.Equal((0, 0), (used, written));
    }

    [Fact]
    public void PlacesReferToTheNormalizedText()
    {
        var tokens = TokenizerOf("small, NFKC and prefix space").EncodeToTokens("ﬁve<|end|>ﬁ", out var normalized);
        Assert.Equal("five<|end|>fi", normalized);
        Assert.Contains(tokens, token => token.Value == "<|end|>" && token.Offset.Equals(4..11));
        Assert.Equal("five", string.Concat(tokens.TakeWhile(token => token.Value != "<|end|>").Select(token => normalized![token.Offset])));
        Assert.Null(SmallTokenizer.Shared.EncodeToTokens("ﬁve", out var none).Count == 0 ? "" : none);
    }

    [Fact]
    public void NormalizationAndSplittingCanBeLeftOut()
    {
        var tokenizer = TokenizerOf("small, NFKC and prefix space");
        Assert.Equal("ﬁ", tokenizer.Decode(tokenizer.EncodeToIds("ﬁ", considerNormalization: false))!.Trim());
        Assert.Equal("fi", tokenizer.Decode(tokenizer.EncodeToIds("ﬁ")).Trim());
        Assert.Equal("<|end|>", tokenizer.Decode(tokenizer.EncodeToIds("<|end|>", considerPreTokenization: false)));
        Assert.True(tokenizer.CountTokens("<|end|>", considerPreTokenization: false) > 1);
    }

    [Fact]
    public void ALimitBelowOneIsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SmallTokenizer.Shared.GetIndexByTokenCount("a", 0, out _, out _));
        Assert.Contains("The number of tokens must be 1 or more.", error.Message);
    }

    [Fact]
    public void FeaturesThatNeedByteLevelBpeNameIt()
    {
        Tokenizer other = PublishedVocabulary.Of("gpt-2").Tiktoken;
        var error = Assert.Throws<TokenizerException>(() => other.Trace("a"));
        Assert.Equal("A trace of merges needs a ByteLevelBpe; this tokenizer is a TiktokenTokenizer. " +
            "Load one with ByteLevelBpe.Load(\"tokenizer.json\").", error.Message);
        Assert.Throws<TokenizerException>(() => other.VocabularySize);
        Assert.Equal("Hello", other.Piece(other.IdOf("Hello")!.Value));
        Assert.Equal("Hello", other.Decode([.. other.Encode("Hello"), 50256], skipSpecialTokens: true));
    }

    [Theory]
    [InlineData("gpt-2")]
    [InlineData("gpt-4o")]
    public void AnyTokenizerStreamsTheTextOfTheWhole(string name)
    {
        Tokenizer tiktoken = PublishedVocabulary.Of(name).Tiktoken;
        foreach (var text in Texts.Where(text => !text.Contains("<|")))
        {
            var decoder = tiktoken.CreateDecoder();
            var pieces = tiktoken.Encode(text).Select(decoder.Add).ToArray();
            Assert.Equal(text, string.Concat(pieces) + decoder.Flush());
            Assert.DoesNotContain(pieces, piece => piece.Contains('\uFFFD'));
        }
    }

    private static Tokenizer TokenizerOf(string name) => name switch
    {
        "small" => SmallTokenizer.Shared,
        "tiktoken" => PublishedVocabulary.Of("gpt-4").Tiktoken,
        _ when name.StartsWith("pieces", StringComparison.Ordinal) => PieceModels.Of(name),
        "small, NFKC and prefix space" => ByteLevelBpe.Parse(File.ReadAllText(SmallTokenizer.FilePath)
            .Replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFKC\"}", StringComparison.Ordinal)
            .Replace("\"add_prefix_space\": false", "\"add_prefix_space\": true", StringComparison.Ordinal)),
        _ => PublishedVocabulary.Of(name).Ours,
    };
}
