using LlmRabbitHoles.Tests;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Text.Tests;

/// <summary>
/// Bytes repeat from run to run, so they are tested; time is measured in bench/Tokenization. These tests run alone: other threads take
/// arrays from the pool that both tokenizers borrow from, and then a borrower has to make one.
/// </summary>
[Collection("runs alone")]
public class TokenizerAllocationTests
{
    private static readonly string Text = string.Concat(Enumerable.Repeat(File.ReadAllText(GoldenFile.PathOf("tokenizer.corpus.txt")), 8));

    public static TheoryData<string, string> Cases =>
        new MatrixTheoryData<string, string>(["gpt-2", "gpt-4", "gpt-4o"], ["text", "long words", "one line"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void EncodingTakesNoMoreMemoryThanTiktoken(string name, string kind)
    {
        var vocabulary = PublishedVocabulary.Of(name);
        var text = kind switch
        {
            "text" => Text,
            "long words" =>
                string.Join(' ', Enumerable.Range(0, 40).Select(i => string.Concat(Enumerable.Repeat("tokenizationen", 5 + i)))),
            _ => Text[..60],
        };
        var ids = vocabulary.Ours.Encode(text);
        Compare("ids", tokenizer => tokenizer.EncodeToIds(text));
        Compare("tokens", tokenizer => tokenizer.EncodeToTokens(text, out _));
        Compare("count", tokenizer => tokenizer.CountTokens(text));
        Compare("index", tokenizer => tokenizer.GetIndexByTokenCount(text, 1000, out _, out _));
        Compare("index from the end", tokenizer => tokenizer.GetIndexByTokenCountFromEnd(text, 1000, out _, out _));
        Compare("text of ids", tokenizer => tokenizer.Decode(ids));

        void Compare(string what, Action<Tokenizer> work)
        {
            var (ours, theirs) = (Bytes(vocabulary.Ours, work), Bytes(vocabulary.Tiktoken, work));
            Assert.True(ours <= theirs, $"{what}: {ours:N0} bytes, Tiktoken {theirs:N0}");
        }
    }

    [Fact]
    public void CountingTokensTakesNoMemoryForTheText()
    {
        var tokenizer = PublishedVocabulary.Of("gpt-4").Ours;
        Assert.InRange(Bytes(tokenizer, it => it.CountTokens(Text)), 0, 10_000);
    }

    /// <summary>
    /// The bytes of a call once its code is compiled for good and the pools are full: the least of 150 calls. The first calls run code
    /// that allocates more, and a collection empties the pools.
    /// </summary>
    private static long Bytes(Tokenizer tokenizer, Action<Tokenizer> work)
    {
        return Enumerable.Range(0, 150).Min(_ => Once());

        long Once()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work(tokenizer);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}

[CollectionDefinition("runs alone", DisableParallelization = true)]
public class RunsAlone;
