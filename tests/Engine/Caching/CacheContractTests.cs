using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>What every cache must keep to.</summary>
public class CacheContractTests
{
    private static readonly Dictionary<string, CacheKind> Kinds = new()
    {
        ["contiguous"] = CacheKind.Contiguous,
        ["pages of 1"] = new PagedKind(1),
        ["pages of 3"] = new PagedKind(3),
        ["pages of 16"] = new PagedKind(),
        ["sliding"] = new SlidingKind(Window: 64, Sinks: 2, PageSize: 4),
        ["offloaded"] = new OffloadedKind(PageSize: 2, OnDevice: 0, InHost: 0.1),
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    public static TheoryData<string, string> ModelsAndKinds =>
        new MatrixTheoryData<string, string>(GoldenModels.Names.Select(row => row.Data), Kinds.Keys);

    [Theory, MemberData(nameof(ModelsAndKinds))]
    public void PrefillThenDecodeMatchesOneForward(string name, string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected(name).Tokens;
        var whole = model.Logits(tokens);

        using var cache = model.CreateCache(kind: Kinds[kind]);
        var step = runner.Prefill(tokens[..5], cache);
        AssertRow(whole, 4, step.Logits);
        for (var i = 5; i < tokens.Length; i++) AssertRow(whole, i, runner.Decode(tokens[i], cache).Logits);

        Assert.Equal(tokens.Length, cache.Length);
    }

    [Theory, MemberData(nameof(KindNames))]
    public void APrefillInPiecesMatchesOneForward(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected("llama").Tokens;
        using var cache = model.CreateCache(kind: Kinds[kind]);

        runner.Prefill(tokens[..3], cache);
        runner.Prefill(tokens[3..10], cache);
        var step = runner.Prefill(tokens[10..], cache);

        AssertRow(model.Logits(tokens), tokens.Length - 1, step.Logits);
    }

    [Theory, MemberData(nameof(KindNames))]
    public void ATruncatedCacheGoesOnAsIfTheRestHadNeverBeen(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected("llama").Tokens;
        using var cache = model.CreateCache(kind: Kinds[kind]);
        runner.Prefill([.. tokens[..6], 1, 2, 3], cache);

        cache.Truncate(6);
        var step = runner.Prefill(tokens[6..], cache);

        AssertRow(model.Logits(tokens), tokens.Length - 1, step.Logits);
    }

    [Theory, MemberData(nameof(ModelsAndKinds))]
    public void SequencesOfDifferentLengthsInOneCacheMatchEachAlone(string name, string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected(name).Tokens;
        int[][] texts = [tokens, tokens[3..], [7]];
        using var cache = model.CreateCache(batch: 3, kind: Kinds[kind]);

        var read = runner.Forward([texts[0][..6], texts[1][..2], texts[2]], cache, TestContext.Current.CancellationToken);
        AssertRow(model.Logits(texts[0]), 5, read[0].Logits);
        AssertRow(model.Logits(texts[1]), 1, read[1].Logits);
        AssertRow(model.Logits(texts[2]), 0, read[2].Logits);

        var more = runner.Forward([[texts[0][6]], texts[1][2..5], []], cache, TestContext.Current.CancellationToken);
        AssertRow(model.Logits(texts[0]), 6, more[0].Logits);
        AssertRow(model.Logits(texts[1]), 4, more[1].Logits);
        Assert.Equal([7, 5, 1], cache.Lengths);

        cache.Truncate(sequence: 1, length: 2);
        var again = runner.Forward([texts[0][7..9], texts[1][2..], [8]], cache, TestContext.Current.CancellationToken);
        AssertRow(model.Logits(texts[0]), 8, again[0].Logits);
        AssertRow(model.Logits(texts[1]), texts[1].Length - 1, again[1].Logits);
        AssertRow(model.Logits([7, 8]), 1, again[2].Logits);
    }

    [Theory, MemberData(nameof(ModelsAndKinds))]
    public void AReorderedSequenceGoesOnAsTheOneThatItCopies(string name, string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected(name).Tokens;
        var (first, second) = (tokens[..6], tokens[3..5]);
        using var cache = model.CreateCache(batch: 2, kind: Kinds[kind]);
        runner.Forward([first, second], cache, TestContext.Current.CancellationToken);

        cache.Reorder([1, 0, 1]);
        Assert.Equal([2, 6, 2], cache.Lengths);
        var read = runner.Forward([[7], [8, 9, 10], []], cache, TestContext.Current.CancellationToken);
        AssertRow(model.Logits([.. second, 7]), 2, read[0].Logits);
        AssertRow(model.Logits([.. first, 8, 9, 10]), 8, read[1].Logits);

        cache.Reorder([2]);
        var one = runner.Prefill([11, 12], cache);
        AssertRow(model.Logits([.. second, 11, 12]), 3, one.Logits);

        cache.Reorder([0, 0]);
        var two = runner.Forward([[5], [6, 7]], cache, TestContext.Current.CancellationToken);
        AssertRow(model.Logits([.. second, 11, 12, 5]), 4, two[0].Logits);
        AssertRow(model.Logits([.. second, 11, 12, 6, 7]), 5, two[1].Logits);
    }

    [Fact]
    public void ReorderingChangesTheBytesWithTheNumberOfSequences()
    {
        using var model = GoldenModels.Load("llama");      // 256 bytes a token, as below
        using var cache = model.CreateCache(capacity: 10);
        new ModelRunner(model).Prefill([1, 2, 3], cache);
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        cache.Reorder([0, 0, 0]);
        Assert.Equal((3 * 3 * 256, 3 * 10 * 256), (cache.UsedBytes, cache.ReservedBytes));
        cache.Reorder([2]);
        Assert.Equal((3 * 256, 10 * 256), (cache.UsedBytes, cache.ReservedBytes));

        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void NoCacheHasNothingToReorder()
    {
        NoCache.Instance.Reorder([0, 0, 3]);
        Assert.Empty(NoCache.Instance.Lengths);
    }

    [Theory, MemberData(nameof(KindNames))]
    public void ACacheOfAnotherNumberOfSequencesIsRefused(string kind)
    {
        using var model = GoldenModels.Load("llama");
        using var cache = model.CreateCache(batch: 2, kind: Kinds[kind]);
        var error = Assert.Throws<ShapeException>(() => new ModelRunner(model).Prefill([1, 2], cache));
        Assert.Equal("The tokens are 1 rows and the cache holds 2 sequences. Make the cache for 1.", error.Message);
    }

    [Theory, MemberData(nameof(KindNames))]
    public void AFullCacheRefusesMore(string kind)
    {
        using var model = GoldenModels.Load("llama");
        using var cache = model.CreateCache(capacity: 4, kind: Kinds[kind]);

        var error = Assert.Throws<CacheFullException>(() => new ModelRunner(model).Prefill([1, 2, 3, 4, 5], cache));

        Assert.Equal("The cache holds 4 tokens and 5 are needed. Create it with a larger capacity, or shorten the text.", error.Message);
    }

    [Fact]
    public void BytesAreLayersTimesTwoTimesKvHeadsTimesHeadDimTimesFourPerToken()
    {
        using var model = GoldenModels.Load("llama");      // 2 layers, 2 kv heads of 8, float32: 2 * 2 * 2 * 8 * 4 = 256
        using var cache = model.CreateCache(capacity: 10);

        new ModelRunner(model).Prefill([1, 2, 3], cache);

        Assert.Equal((3 * 256, 10 * 256), (cache.UsedBytes, cache.ReservedBytes));
    }

    private static void AssertRow(Tensor logits, int row, float[] actual)
    {
        var expected = logits[row].data<float>().ToArray();
        // Both paths sum the same products in another order: a few units in the last place of values up to about 30.
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4);
    }
}
