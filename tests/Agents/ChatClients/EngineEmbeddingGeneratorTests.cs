using System.Numerics.Tensors;
using LlmRabbitHoles.Agents.ChatClients;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Tracing;
using Microsoft.Extensions.AI;

namespace LlmRabbitHoles.Agents.Tests;

public sealed class EngineEmbeddingGeneratorTests : IDisposable
{
    private readonly LanguageModel _alice = AliceModel.Shared;
    private readonly EngineEmbeddingGenerator _generator = new(AliceModel.Shared);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _generator.Dispose();

    [Fact]
    public async Task AVectorIsTheMeanOfTheLastHiddenStatesOfLengthOne()
    {
        const string Text = "The cat sleeps.";
        using var trace = new ActivationTrace("norm.output");
        var tokens = _alice.Tokenizer.Encode(Text, addSpecialTokens: true);
        _alice.Logits(tokens, trace).Dispose();
        var mean = new double[192];
        for (var i = 0; i < mean.Length; i++)
        {
            for (var t = 0; t < tokens.Length; t++) mean[i] += trace["norm.output"][0, t, i].item<float>() / tokens.Length;
        }
        var length = Math.Sqrt(mean.Sum(x => x * x));

        var vector = (await _generator.GenerateAsync(Text, cancellationToken: Cancellation)).Vector.ToArray();

        Assert.Equal(192, vector.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-5);
        for (var i = 0; i < mean.Length; i++) Assert.Equal(mean[i] / length, vector[i], 1e-4);
    }

    [Fact]
    public async Task TextsOfOneSubjectAreNearerThanOthers()
    {
        var vectors = await _generator.GenerateAsync(
            ["The capital of Italy is Rome.", "The capital of France is Paris.", "3 + 4 = 7."], cancellationToken: Cancellation);
        Assert.True(Cosine(vectors[0], vectors[1]) > Cosine(vectors[0], vectors[2]));
        var tokens = 0L;
        foreach (var text in new[] { "The capital of Italy is Rome.", "The capital of France is Paris.", "3 + 4 = 7." })
            tokens += _alice.Tokenizer.Encode(text, addSpecialTokens: true).Length;
        Assert.Equal(tokens, vectors.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task OtherDimensionsOrModelsAreRefused()
    {
        var error = await Assert.ThrowsAsync<NotSupportedException>(
            () => _generator.GenerateAsync(["Hi"], new() { Dimensions = 64 }, Cancellation));
        Assert.Equal("Vectors of 64 numbers are asked for, and those of 'alice' have 192. Leave Dimensions out.", error.Message);
        await Assert.ThrowsAsync<NotSupportedException>(() => _generator.GenerateAsync(["Hi"], new() { ModelId = "other" }, Cancellation));
        await Assert.ThrowsAsync<PromptException>(() => _generator.GenerateAsync([""], cancellationToken: Cancellation));
    }

    [Fact]
    public void ItsServicesAreFound()
    {
        var metadata = (EmbeddingGeneratorMetadata)_generator.GetService(typeof(EmbeddingGeneratorMetadata))!;
        Assert.Equal(192, metadata.DefaultModelDimensions);
        Assert.Same(_alice, _generator.GetService(typeof(LanguageModel)));
    }

    private static float Cosine(Embedding<float> a, Embedding<float> b) => TensorPrimitives.Dot(a.Vector.Span, b.Vector.Span);
}
