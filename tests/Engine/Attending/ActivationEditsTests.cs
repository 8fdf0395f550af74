using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tracing;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class ActivationEditsTests
{
    private static readonly int[] Tokens = GoldenModels.Expected("llama").Tokens;

    private static ForwardPass Silenced(int layer, long head) => new()
    {
        Edits = ActivationEdits.Of($"layers.{layer}.self_attn.heads", heads => heads.index_fill(1, tensor(head), 0)),
    };

    [Fact]
    public void SilencingAHeadIsZeroingItsColumnsOfTheOutputMatrix()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var zeroed = GoldenModels.Load("llama");
        var output = zeroed.Decoder.named_parameters().Single(p => p.name == "layers.1.self_attn.o_proj.weight").parameter;
        using (no_grad()) output.narrow(1, 2 * model.Config.HeadDim, model.Config.HeadDim).zero_();

        var silenced = model.Logits(Tokens, pass: Silenced(layer: 1, head: 2));

        Assert.True(silenced.allclose(zeroed.Logits(Tokens), atol: 1e-5));
        Assert.False(silenced.allclose(model.Logits(Tokens), atol: 1e-3));
    }

    [Fact]
    public void ALayerThatAddsNothingIsSkipped()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.0.logits");
        model.Logits(Tokens, trace);
        var skipped = ActivationEdits.Of("layers.1.self_attn.output", Nothing).And(ActivationEdits.Of("layers.1.mlp.output", Nothing));
        static Tensor Nothing(Tensor value) => zeros_like(value);

        var logits = model.Logits(Tokens, pass: new ForwardPass { Edits = skipped });

        Assert.True(logits.allclose(trace["layers.0.logits"][0], atol: 1e-5));
    }

    [Fact]
    public void EditsHoldInPrefillDecodeAndGeneration()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var pass = Silenced(layer: 0, head: 1);

        var generated = new TextGenerator(model, pass).Generate(Tokens, new GenerationOptions { MaxTokens = 5 }).Tokens;

        List<int> all = [.. Tokens];
        for (var step = 0; step < generated.Count; step++)
        {
            var next = (int)model.Logits(all, pass: pass)[-1].argmax().ToInt64();
            Assert.Equal(next, generated[step]);
            all.Add(next);
        }
    }

    [Fact]
    public void AChangeMayDependOnWhereTheTokensStand()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var seen = new List<long>();
        var edits = ActivationEdits.Of("embed_tokens.output", (x, pass) =>
        {
            seen.Add(pass.Cache.Length);
            return x;
        });
        using var cache = model.CreateCache();
        var runner = new ModelRunner(model, new ForwardPass { Edits = edits });

        runner.Prefill(Tokens, cache);
        runner.Decode(1, cache);

        Assert.Equal([0, Tokens.Length], seen);
    }

    [Fact]
    public void ATraceRecordsTheChangedValue()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        using var trace = new ActivationTrace("layers.0.self_attn.heads");

        model.Logits(Tokens, trace, Silenced(layer: 0, head: 3));

        Assert.Equal(0, trace["layers.0.self_attn.heads"][0, 3].abs().max().ToSingle());
        Assert.NotEqual(0, trace["layers.0.self_attn.heads"][0, 2].abs().max().ToSingle());
    }

    [Fact]
    public void AnotherShapeIsRefused()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var pass = new ForwardPass { Edits = ActivationEdits.Of("norm.output", x => x.narrow(2, 0, 31)) };
        Assert.Equal("The edit of 'norm.output' returned [1, 12, 31]; it got [1, 12, 32]. Return the same shape.",
            Assert.Throws<ShapeException>(() => model.Logits(Tokens, pass: pass)).Message);
    }

    [Fact]
    public void EditedWeightsNeedPlainAttention()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var uniform = new ForwardPass { Edits = ActivationEdits.Of("layers.*.self_attn.weights", w => (w > 0) / (w > 0).sum(-1, true)) };
        using var paged = model.CreateCache(kind: new PagedKind());
        Assert.Equal("The edit of 'layers.0.self_attn.weights' needs PlainAttention, and this pass attends with BlockAttention. " +
            "Use a contiguous cache or none.",
            Assert.Throws<InvalidOperationException>(() => new ModelRunner(model, uniform).Prefill(Tokens, paged)).Message);
        Assert.False(model.Logits(Tokens, pass: uniform).allclose(model.Logits(Tokens), atol: 1e-3));
    }
}
