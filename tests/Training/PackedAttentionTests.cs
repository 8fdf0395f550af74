using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Model;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Training.Tests;

public class PackedAttentionTests
{
    // Two rows of 40 tokens: three texts and padding, and one text that fills its row.
    private static readonly long[] Documents =
        [.. Enumerable.Range(0, 40).Select(i => i < 7 ? 1L : i < 20 ? 2 : i < 37 ? 3 : 0), .. Enumerable.Repeat(1L, 40)];

    private static PackedBatch Batch => PackedBatch.Empty(2, 40) with { Documents = Documents };

    [Fact]
    public void TextsAreRunsOfOneNumberAndPaddingIsNone() => Assert.Equal(
        [new PackedText(0, 0, 7), new PackedText(0, 7, 13), new PackedText(0, 20, 17), new PackedText(1, 0, 40)], Batch.Texts());

    [Fact]
    public void OutputAndGradientsAreThoseOfPlainAttentionWithAMask()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var (q, k, v) = (randn(2, 6, 40, 16), randn(2, 2, 40, 16), randn(2, 2, 40, 16));
        // Nobody reads the output of padding, so no gradient comes from it.
        var counted = tensor(Documents, 2, 1, 40, 1).gt(0).to(ScalarType.Float32);
        var gradient = randn(2, 6, 40, 16) * counted;
        var causal = full([40, 40], float.NegativeInfinity).triu(1);
        var pass = new ForwardPass { Mask = Batch.Mask(CPU).@float() + causal };

        var plain = Run(q, k, v, gradient, PlainAttention.Default, pass);
        var packed = Run(q, k, v, gradient, new PackedAttention(Batch.Texts()), pass);

        Assert.True((plain[0] * counted).allclose(packed[0] * counted, atol: 1e-5, rtol: 1e-5));
        for (var i = 1; i < 4; i++) Assert.True(plain[i].allclose(packed[i], atol: 1e-5, rtol: 1e-4), $"gradient {i}");
    }

    [Fact]
    public void NoTensorStaysBehind()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = (randn(2, 6, 40, 16), randn(2, 2, 40, 16), randn(2, 2, 40, 16));
        var (gradient, pass) = (ones_like(q), new ForwardPass());
        var attention = new PackedAttention(Batch.Texts());
        using (NewDisposeScope()) Run(q, k, v, gradient, attention, pass);
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            using (NewDisposeScope()) Run(q, k, v, gradient, attention, pass);
        }
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void ModelsWithWindowsAreLeftToPlainAttention()
    {
        using var weights = new InitialWeights(3);
        var config = DecoderConfig.Llama(vocabulary: 16, hidden: 32, layers: 1, heads: 2, keyValueHeads: 1, context: 32);
        using var plain = new Decoder(config, weights);
        using var windowed = new Decoder(config with { SlidingWindow = 8 }, weights);
        Assert.True(PackedAttention.Fits(plain));
        Assert.False(PackedAttention.Fits(windowed));
    }

    private static Tensor[] Run(Tensor q, Tensor k, Tensor v, Tensor gradient, IAttentionKernel attention, ForwardPass pass)
    {
        Tensor[] inputs = [q.detach().requires_grad_(), k.detach().requires_grad_(), v.detach().requires_grad_()];
        var output = attention.Attend(inputs[0], inputs[1], inputs[2], 0, pass);
        return [output.detach(), .. autograd.grad([output], inputs, [gradient])];
    }
}
