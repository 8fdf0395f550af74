using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public class ForwardPassTests
{
    /// <summary>A mask stands on top of causality and of the window: one that hides nothing changes nothing, in no model.</summary>
    [Theory]
    [InlineData("llama")]
    [InlineData("mistral-f16")]      // with a sliding window
    [InlineData("gpt2")]
    public void AMaskThatHidesNothingChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var ids = GoldenModels.Expected(name).Tokens.Select(id => (long)id).ToArray();
        var tokens = tensor(ids, 1, ids.Length);

        var plain = model.Decoder.call(tokens, new ForwardPass());
        var masked = model.Decoder.call(tokens, new ForwardPass { Mask = zeros(1, 1, ids.Length, ids.Length, dtype: plain.dtype) });

        Assert.Equal(plain.to(ScalarType.Float32).data<float>().ToArray(), masked.to(ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void AMaskThatHidesAllButTheTokenItselfLeavesEachTokenAlone()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load("llama");
        var self = full([1, 1, 3, 3], float.NegativeInfinity).masked_fill_(eye(3, dtype: ScalarType.Bool), 0);

        // Rotations cancel where a token looks at itself only, so the place makes no difference.
        var together = model.Decoder.call(tensor(new long[] { 5, 17, 3 }, 1, 3), new ForwardPass { Mask = self })[0];

        foreach (var (place, id) in new[] { 5, 17, 3 }.Index())
            Assert.True(together[place].allclose(model.Logits([id])[0], rtol: 1e-4, atol: 1e-4));
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("gpt2")]
    public void PositionsSaidOutrightAreThoseThatFollow(string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModels.Load(name);
        var tokens = tensor(new long[] { 5, 17, 3 }, 1, 3);
        var said = model.Decoder.call(tokens, new ForwardPass { Positions = tensor(new long[] { 0, 1, 2 }, 1, 3) });
        var other = model.Decoder.call(tokens, new ForwardPass { Positions = tensor(new long[] { 0, 9, 2 }, 1, 3) });
        var plain = model.Decoder.call(tokens, new ForwardPass());

        Assert.Equal(plain.data<float>().ToArray(), said.data<float>().ToArray());
        Assert.NotEqual(plain.data<float>().ToArray(), other.data<float>().ToArray());
    }
}
