using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class LatentCacheTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("qwen2")]     // with biases
    [InlineData("gpt2")]      // with a LayerNorm and without rotation
    public void TheFullRankGivesTheLogitsOfNoCache(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected(name).Tokens;
        using var cache = new LatentCache(model, LatentCache.FullRank(model.Config));
        var whole = model.Logits(tokens);
        Same(whole, 4, runner.Prefill(tokens[..5], cache).Logits);
        for (var i = 5; i < tokens.Length; i++) Same(whole, i, runner.Decode(tokens[i], cache).Logits);
    }

    [Fact]
    public void RowsOfDifferentLengthsGoOnAsEachAlone()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var runner = new ModelRunner(model);
        var tokens = GoldenModels.Expected("llama").Tokens;
        using var cache = new LatentCache(model, LatentCache.FullRank(model.Config), batch: 2);
        runner.Forward([tokens[..6], tokens[2..5]], cache);
        cache.Reorder([1, 0]);
        cache.Truncate(1, 4);
        var rows = runner.Forward([tokens[5..8], tokens[4..6]], cache);
        Same(model.Logits(tokens[2..8]), 5, rows[0].Logits);
        Same(model.Logits(tokens[..6]), 5, rows[1].Logits);
        Assert.Equal([6, 6], cache.Lengths);
    }

    [Fact]
    public void LessRankTakesFewerBytesAndErrsMore()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var tokens = GoldenModels.Expected("llama").Tokens;
        var exact = model.Logits(tokens)[tokens.Length - 1];
        var full = LatentCache.FullRank(model.Config);
        var errors = new List<float>();
        foreach (var rank in new[] { full / 8, full / 2, full })
        {
            using var cache = new LatentCache(model, rank, capacity: 32);
            var logits = new ModelRunner(model).Prefill(tokens, cache).Logits;
            errors.Add((tensor(logits) - exact).norm().item<float>());
            Assert.Equal((long)tokens.Length * model.Config.Layers * rank * 4, cache.UsedBytes);
            Assert.Equal(32L * model.Config.Layers * rank * 4, cache.ReservedBytes);
        }
        Assert.True(errors[0] > errors[1] && errors[1] > 100 * errors[2], string.Join(", ", errors));
    }

    [Fact]
    public void WhatHasNoLatentIsRefused()
    {
        using var normed = GoldenModels.Load("qwen3");
        Assert.StartsWith("The model's keys pass a norm, so they are not linear in the hidden state and have no latent.",
            Assert.Throws<ArgumentException>(() => new LatentCache(normed, 4)).Message);
        using var model = GoldenModels.Load("llama");
        var full = LatentCache.FullRank(model.Config);
        Assert.StartsWith($"Rank {full + 1} is more than the keys and values of a layer have, {full}.",
            Assert.Throws<ArgumentException>(() => new LatentCache(model, full + 1)).Message);
        using var small = new LatentCache(model, full, capacity: 3);
        Assert.Throws<CacheFullException>(() => new ModelRunner(model).Prefill([1, 2, 3, 4], small));
    }

    private static void Same(Tensor logits, int row, float[] actual)
    {
        var expected = logits[row].data<float>().ToArray();
        // Two more products of orthonormal matrices in each layer: some units in the last place of values up to about 30.
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 2e-4);
    }
}
