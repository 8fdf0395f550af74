using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>What every cache must keep to.</summary>
public class CacheContractTests
{
    public static TheoryData<string> Models => GoldenModels.Names;

    [Theory, MemberData(nameof(Models))]
    public void PrefillThenDecodeMatchesOneForward(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var generator = new TextGenerator(model);
        var tokens = GoldenModels.Expected(name).Tokens;
        var whole = model.Logits(tokens);

        using var cache = model.CreateCache();
        var step = generator.Prefill(tokens[..5], cache);
        AssertRow(whole, 4, step.Logits);
        for (var i = 5; i < tokens.Length; i++) AssertRow(whole, i, generator.Decode(tokens[i], cache).Logits);

        Assert.Equal(tokens.Length, cache.Length);
    }

    [Fact]
    public void APrefillInPiecesMatchesOneForward()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var generator = new TextGenerator(model);
        var tokens = GoldenModels.Expected("llama").Tokens;
        using var cache = model.CreateCache();

        generator.Prefill(tokens[..3], cache);
        generator.Prefill(tokens[3..10], cache);
        var step = generator.Prefill(tokens[10..], cache);

        AssertRow(model.Logits(tokens), tokens.Length - 1, step.Logits);
    }

    [Fact]
    public void ATruncatedCacheGoesOnAsIfTheRestHadNeverBeen()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var generator = new TextGenerator(model);
        var tokens = GoldenModels.Expected("llama").Tokens;
        using var cache = model.CreateCache();
        generator.Prefill([.. tokens[..6], 1, 2, 3], cache);

        cache.Truncate(6);
        var step = generator.Prefill(tokens[6..], cache);

        AssertRow(model.Logits(tokens), tokens.Length - 1, step.Logits);
    }

    [Fact]
    public void AFullCacheRefusesMore()
    {
        using var model = GoldenModels.Load("llama");
        using var cache = model.CreateCache(capacity: 4);

        var error = Assert.Throws<CacheFullException>(() => new TextGenerator(model).Prefill([1, 2, 3, 4, 5], cache));

        Assert.Equal("The cache holds 4 tokens and 5 are needed. Create it with a larger capacity, or shorten the text.", error.Message);
    }

    [Fact]
    public void BytesAreLayersTimesTwoTimesKvHeadsTimesHeadDimTimesFourPerToken()
    {
        using var model = GoldenModels.Load("llama");      // 2 layers, 2 kv heads of 8, float32: 2 * 2 * 2 * 8 * 4 = 256
        using var cache = model.CreateCache(capacity: 10);

        new TextGenerator(model).Prefill([1, 2, 3], cache);

        Assert.Equal(3 * 256, cache.Bytes);
    }

    private static void AssertRow(Tensor logits, int row, float[] actual)
    {
        var expected = logits[row].data<float>().ToArray();
        // Both paths sum the same products in another order: a few units in the last place of values up to about 30.
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4);
    }
}
