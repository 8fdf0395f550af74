using System.Text.Json.Nodes;
using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

/// <summary>
/// A configuration that promises a context of 30,000,000 tokens, which nothing may reserve, and prompts of more than one piece.
/// </summary>
public sealed class LongContextTests : IDisposable
{
    private const int Context = 30_000_000;
    private readonly TemporaryFolder _folder = new();
    private readonly LanguageModel _model;

    public LongContextTests()
    {
        foreach (var file in Directory.GetFiles(GoldenModels.Folder("llama"))) File.Copy(file, _folder[Path.GetFileName(file)]);
        var config = JsonNode.Parse(File.ReadAllText(_folder["config.json"]))!;
        config["max_position_embeddings"] = Context;
        _folder.Write("config.json", config.ToJsonString());
        if (File.Exists(_folder["SHA256SUMS"])) File.Delete(_folder["SHA256SUMS"]);
        _model = LanguageModel.Load(_folder.Path, "cpu");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private static int[] Prompt(int count) => [.. Enumerable.Range(0, count).Select(i => (i * 7) % 61)];

    [Fact]
    public void ALongContextTakesMemoryByNeedOnly()
    {
        var before = Environment.WorkingSet;
        using var cache = _model.CreateCache();
        var (runner, generator) = (new ModelRunner(_model), new TextGenerator(_model));
        runner.Prefill([5, 17, 3], cache);
        generator.Generate([5, 17, 3], new GenerationOptions { MaxTokens = 4 });

        Assert.Equal(Context, cache.Capacity);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 300_000_000);
    }

    [Fact]
    public void APromptReadInPiecesGivesTheTokensOfOneForward()
    {
        var prompt = Prompt(1300);
        var (runner, generator) = (new ModelRunner(_model), new TextGenerator(_model));
        using var whole = _model.CreateCache(2000);
        using var pieces = _model.CreateCache(2000);
        var expected = runner.Prefill(prompt, whole);
        var read = runner.Prefill(prompt, pieces, CancellationToken.None);

        Assert.Equal((1300, 1300), (read.Tokens, pieces.Length));
        Assert.All(expected.Logits.Zip(read.Logits), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(
            expected.Top(1)[0].Id,
            generator.Generate(prompt, new GenerationOptions { MaxTokens = 1 }, TestContext.Current.CancellationToken).Tokens[0]);
    }

    [Fact]
    public void ACancelledPromptEndsBetweenItsPieces()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var (runner, generator) = (new ModelRunner(_model), new TextGenerator(_model));
        using var cache = _model.CreateCache(2000);
        Assert.ThrowsAny<OperationCanceledException>(() => runner.Prefill(Prompt(1300), cache, cancelled.Token));
        Assert.Equal(0, cache.Length);

        var result = generator.Generate(Prompt(1300), new GenerationOptions { MaxTokens = 5 }, cancelled.Token);

        Assert.Equal((StopReason.Cancelled, 0), (result.StopReason, result.Tokens.Count));
    }

    [Fact]
    public void PositionsBeyondTheFirstTablesAreTheSameAngles()
    {
        using var scope = NewDisposeScope();
        using var grown = new RotaryPositions(_model.Config, CPU);
        using var direct = new RotaryPositions(_model.Config, CPU);
        var heads = arange(2 * 3 * _model.Config.HeadDim, dtype: ScalarType.Float32).reshape(1, 2, 3, _model.Config.HeadDim);
        float[] Turned(RotaryPositions positions, long first) => positions
            .RotationAt(arange(first, first + 3, dtype: ScalarType.Int64).unsqueeze(0), [new Reach(1, first + 3)], ScalarType.Float32)
            .Turn(heads).data<float>().ToArray();
        var first = Turned(grown, 4090);

        Assert.Equal(Turned(direct, 9_000), Turned(grown, 9_000));
        Assert.Equal(first, Turned(grown, 4090));
    }

    [Fact]
    public void ACacheKeepsItsTokensWhileItGrows()
    {
        using var scope = NewDisposeScope();
        using var cache = new ContiguousCache(_model.CacheShape, Context);
        long[] shape = [1, _model.Config.KeyValueHeads, 3000, _model.Config.HeadDim];
        var parts = Enumerable.Range(0, 3).Select(i => full(shape, i + 1f)).ToArray();
        Tensor keys = null!;
        foreach (var part in parts)
        {
            for (var layer = 0; layer < _model.Config.Layers; layer++) (keys, _) = cache.Append(layer, part, part);
            cache.Advance([3000]);
        }

        Assert.Equal(
            [1f, 1f, 2f, 2f, 3f, 3f], new[] { 0, 2999, 3000, 5999, 6000, 8999 }.Select(place => keys[0, 0, place, 0].item<float>()));
        Assert.Equal(9000, cache.Length);
    }
}
