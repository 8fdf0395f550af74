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
        using var trace = new ActivationTrace("*");

        using var logits = model.Logits(Tokens, trace);

        Assert.Equal(
        [
            "embeddings",
            "layers.0.attention.weights", "layers.0.attention.output", "layers.0.feedForward.output", "layers.0.hidden", "layers.0.logits",
            "layers.1.attention.weights", "layers.1.attention.output", "layers.1.feedForward.output", "layers.1.hidden", "layers.1.logits",
        ], trace.Names);
        Assert.Equal([1, 12, 32], trace["embeddings"].shape);
        Assert.Equal([1, 4, 12, 12], trace["layers.0.attention.weights"].shape);
        Assert.Equal([1, 12, 61], trace["layers.1.logits"].shape);
    }

    [Fact]
    public void TheStreamIsTheSumOfWhatWasAddedToIt()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("*");

        model.Logits(Tokens, trace);

        var stream = trace["embeddings"];
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            stream = stream + trace[$"layers.{layer}.attention.output"] + trace[$"layers.{layer}.feedForward.output"];
            Assert.True(stream.allclose(trace[$"layers.{layer}.hidden"]));
        }
    }

    [Fact]
    public void AttentionWeightsSumToOneAndNeverLookAhead()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.*.attention.weights");

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
    public void OnlyWhatIsAskedForIsKept()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.1.hidden");

        model.Logits(Tokens, trace);

        Assert.Equal(["layers.1.hidden"], trace.Names);
        var error = Assert.Throws<KeyNotFoundException>(() => trace["embeddings"]);
        Assert.StartsWith("Nothing was traced under 'embeddings'. Traced: layers.1.hidden.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LookingOnChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("gpt2");
        using var trace = new ActivationTrace("*");

        Assert.Equal(model.Logits(Tokens).data<float>().ToArray(), model.Logits(Tokens, trace).data<float>().ToArray());
    }
}
