using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tracing;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class ActivationTraceTests
{
    private static readonly int[] Tokens = GoldenModels.Expected("llama").Tokens;

    [Fact]
    public void AllNamesAreThereWithTheirShapes()
    {
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("**");

        using var logits = model.Logits(Tokens, trace);

        Assert.Equal(
        [
            "embed_tokens.output",
            "layers.0.input_layernorm.output",
            "layers.0.self_attn.q", "layers.0.self_attn.k", "layers.0.self_attn.v", "layers.0.self_attn.weights",
            "layers.0.self_attn.heads", "layers.0.self_attn.output", "layers.0.post_attention_layernorm.output",
            "layers.0.mlp.output", "layers.0.output", "layers.0.logits",
            "layers.1.input_layernorm.output",
            "layers.1.self_attn.q", "layers.1.self_attn.k", "layers.1.self_attn.v", "layers.1.self_attn.weights",
            "layers.1.self_attn.heads", "layers.1.self_attn.output", "layers.1.post_attention_layernorm.output",
            "layers.1.mlp.output", "layers.1.output", "layers.1.logits",
            "norm.output",
        ], trace.Names);
        Assert.Equal([1, 12, 32], trace["embed_tokens.output"].shape);
        Assert.Equal([1, 4, 12, 12], trace["layers.0.self_attn.weights"].shape);
        Assert.Equal([1, 2, 12, 8], trace["layers.0.self_attn.k"].shape);
        Assert.Equal([1, 12, 61], trace["layers.1.logits"].shape);
    }

    [Fact]
    public void TheStreamIsTheSumOfAllAdditions()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("**");

        model.Logits(Tokens, trace);

        var stream = trace["embed_tokens.output"];
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            stream = stream + trace[$"layers.{layer}.self_attn.output"] + trace[$"layers.{layer}.mlp.output"];
            Assert.True(stream.allclose(trace[$"layers.{layer}.output"]));
        }
    }

    [Fact]
    public void AttentionWeightsSumToOneAndNeverLookAhead()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.*.self_attn.weights");

        model.Logits(Tokens, trace);

        foreach (var name in trace.Names)
        {
            Assert.True(trace[name].sum(-1).allclose(ones(1, 4, 12)));
            Assert.Equal(0, trace[name].triu(1).abs().max().ToSingle());
        }
    }

    [Fact]
    public void TheLastLayersLogitsAreTheModels()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.1.logits");

        var logits = model.Logits(Tokens, trace);

        Assert.Equal(logits.data<float>().ToArray(), trace["layers.1.logits"].data<float>().ToArray());
    }

    [Fact]
    public void OnlyRequestedActivationsAreKept()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.1.output");

        model.Logits(Tokens, trace);

        Assert.Equal(["layers.1.output"], trace.Names);
        var error = Assert.Throws<KeyNotFoundException>(() => trace["embed_tokens.output"]);
        Assert.StartsWith(
            "Nothing was traced under 'embed_tokens.output'. Traced: layers.1.output.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TracingChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("gpt2");
        using var trace = new ActivationTrace("**");

        Assert.Equal(model.Logits(Tokens).data<float>().ToArray(), model.Logits(Tokens, trace).data<float>().ToArray());
    }

    [Theory]
    [InlineData("layers.*.output", "layers.3.output", true)]
    [InlineData("layers.*.output", "layers.3.mlp.output", false)]
    [InlineData("layers.**", "layers.3.mlp.output", true)]
    [InlineData("**", "norm.output", true)]
    [InlineData("layers.3.*.output", "layers.3.mlp.output", true)]
    public void AStarStandsForOnePartAndTwoForAny(string pattern, string name, bool isWanted)
    {
        using var trace = new ActivationTrace(pattern);
        Assert.Equal(isWanted, trace.Wants(name));
    }
}
