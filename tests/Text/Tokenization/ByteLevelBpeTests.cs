using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Text.Tests;

public class ByteLevelBpeTests
{
    private static readonly ByteLevelBpe Tokenizer = SmallTokenizer.Shared;
    private static readonly string[] Fragments =
    [
        "the", " token", "\n", " ", "  ", "'s", "é", "e\u0301", "日本", "👩‍👩‍👧", "\ud800", "\udc00", "\0", "<|end|>",
        "<|en", "0", "42", "Straße", "\r\n", "\t", "�",
    ];

    // Pieces of text that matter to tokenizers, and any UTF-16 units between them, valid or not.
    private static readonly Arbitrary<string> AnyText = Gen.Elements(Fragments)
        .Or(ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString()))
        .ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void DecodingWhatWasEncodedGivesTheText() =>
        Prop.ForAll(AnyText, text => Tokenizer.Decode(Tokenizer.Encode(text)) == WellFormed(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void AStreamGivesTheTextOfTheWhole() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().Select(id => Math.Abs(id % (Tokenizer.VocabularySize + 3))).ListOf().ToArbitrary(),
        ids => Streamed(ids, skip: true) == Tokenizer.Decode(ids, skipSpecialTokens: true)
            && Streamed(ids, skip: false) == Tokenizer.Decode(ids)).QuickCheckThrowOnFailure();

    [Fact]
    public void AStreamOfSingleBytesGivesTheTextOfTheWhole() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().Select(ByteToken).ListOf().ToArbitrary(),
        ids => Streamed(ids, skip: true) == Tokenizer.Decode(ids)).QuickCheckThrowOnFailure();

    [Fact]
    public void AStreamHoldsBackHalfACharacter()
    {
        var decoder = Tokenizer.CreateDecoder();
        byte[] rabbit = [0xF0, 0x9F, 0x90, 0x87];
        Assert.Equal(["", "", "", "🐇"], rabbit.Select(value => decoder.Add(ByteToken(value))));
        Assert.Equal("", decoder.Flush());
        Assert.Equal("", decoder.Add(ByteToken(0xF0)));
        Assert.Equal("\uFFFD", decoder.Flush());
        Assert.Equal("a", decoder.Add(ByteToken((byte)'a')));
    }

    [Fact]
    public void SpecialTokensAreRecognisedInTextAndCanBeSkipped()
    {
        var ids = Tokenizer.Encode("<|user|>hi<|end|>");
        Assert.Equal(Tokenizer.SpecialTokens["<|user|>"], ids[0]);
        Assert.Equal(Tokenizer.SpecialTokens["<|end|>"], ids[^1]);
        Assert.Equal("<|user|>hi<|end|>", Tokenizer.Decode(ids));
        Assert.Equal("hi", Tokenizer.Decode(ids, skipSpecialTokens: true));
    }

    [Fact]
    public void SpecialTokensHaveTheFirstIds() =>
        Assert.Equal([0, 1, 2, 3, 4, 5], SmallTokenizer.Options.SpecialTokens.Select(token => Tokenizer.SpecialTokens[token]));

    [Fact]
    public void PiecesAreReadable()
    {
        Assert.Equal("<|end|>", Tokenizer.Piece(5));
        Assert.Equal("<0xE2>", Tokenizer.Piece(ByteToken(0xE2)));
        Assert.Equal("\n", Tokenizer.Piece(ByteToken((byte)'\n')));
        Assert.Equal(" the", Tokenizer.Piece(Tokenizer.IdOf(" the")!.Value));
        Assert.Equal("<id 100000>", Tokenizer.Piece(100_000));
        Assert.Null(Tokenizer.IdOf("no such token"));
    }

    [Fact]
    public void BytesOfAllPiecesMakeTheText()
    {
        const string Text = "Größe 日本語 👩‍👩‍👧 <|end|>";
        Assert.Equal(Encoding.UTF8.GetBytes(Text), Tokenizer.Encode(Text).SelectMany(Tokenizer.BytesOf));
    }

    [Fact]
    public void AnIdWithoutATokenDecodesToNothingAndHasNoBytes()
    {
        Assert.Equal("", Tokenizer.Decode([-1, 100_000]));
        var error = Assert.Throws<TokenizerException>(() => Tokenizer.BytesOf(100_000));
        Assert.Equal($"No token has the id 100000: the vocabulary has {Tokenizer.VocabularySize} ids, 0 to " +
            $"{Tokenizer.VocabularySize - 1}. Check that the tokens come from this tokenizer.", error.Message);
    }

    [Fact]
    public void ATraceShowsEveryMergeInOrder()
    {
        var trace = Tokenizer.Trace(" tokens");
        Assert.Equal([" ", "t", "o", "k", "e", "n", "s"], trace.Start);
        Assert.Equal(Tokenizer.Encode(" tokens"), trace.Tokens);
        Assert.Equal(trace.Tokens.Select(Tokenizer.Piece), trace.Pieces);
        var pieces = trace.Start;
        foreach (var step in trace.Steps)
        {
            Assert.Equal(Tokenizer.Merges[step.Merge.Rank], step.Merge);
            Assert.Equal(pieces.Count - 1, step.Pieces.Count);
            Assert.Equal(step.Left + step.Right, Tokenizer.Piece(step.Merge.Result));
            pieces = step.Pieces;
        }
    }

    [Fact]
    public void PreTokenizingSplitsWhereMergesMayNotCross() =>
        Assert.Equal(["It", "'s", " 42", " tokens", "!", "<|end|>", " ", " x"], Tokenizer.PreTokenize("It's 42 tokens!<|end|>  x"));

    [Fact]
    public void AHeapAndAScanMergeAlike() => Prop.ForAll(
        Gen.Elements("a", "b", "e", "t", "h", "o", "k", "n", "s", "aa", "ab", "the", "token").ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            var table = new MergeTable([.. Tokenizer.Merges]);
            var (scanned, heaped) = (ByteTokens(text), ByteTokens(text));
            var (left, right) = (WordMerger.MergeByScanning(scanned, table), text.Length == 0 ? 0 : WordMerger.MergeByHeap(heaped, table));
            return left == right && scanned.AsSpan(0, left).SequenceEqual(heaped.AsSpan(0, right));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AHundredThousandLettersWithoutASpaceAreNotQuadratic()
    {
        var word = string.Concat(Enumerable.Repeat("tokenization", 10_000));
        var time = System.Diagnostics.Stopwatch.StartNew();
        var ids = Tokenizer.Encode(word);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(5), $"took {time.Elapsed}");
        Assert.Equal(word, Tokenizer.Decode(ids));
    }

    [Fact]
    public void ManyThreadsMayEncodeAtOnce()
    {
        var texts = Enumerable.Range(0, 2000).Select(i => $"word{i} the tokens of {i * 7919} texts").ToArray();
        var alone = texts.Select(text => string.Join(' ', Tokenizer.Encode(text))).ToArray();
        var fresh = ByteLevelBpe.Load(SmallTokenizer.FilePath);
        Assert.Equal(alone, texts.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(text => string.Join(' ', fresh.Encode(text))));
    }

    private static int ByteToken(byte value) => Tokenizer.Merges.Count > 0 ? SingleBytes[value] : -1;

    private static readonly int[] SingleBytes = [.. Enumerable.Range(0, 256).Select(value =>
        Enumerable.Range(6, 256).Single(id => Tokenizer.BytesOf(id) is [var only] && only == value))];

    private static int[] ByteTokens(string text) => [.. Encoding.UTF8.GetBytes(text).Select(ByteToken)];

    private static string Streamed(IEnumerable<int> ids, bool skip)
    {
        var decoder = Tokenizer.CreateDecoder(skip);
        return string.Concat(ids.Select(decoder.Add)) + decoder.Flush();
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
