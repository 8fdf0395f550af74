using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class CheckpointAverageTests : IDisposable
{
    private static readonly DecoderConfig Config =
        DecoderConfig.Llama(vocabulary: 10, hidden: 8, layers: 2, heads: 4, keyValueHeads: 2, feedForward: 12, context: 32);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryWeightIsTheMean()
    {
        CheckpointAverage.Write([Model("one", Config, 1), Model("two", Config, 2), Model("six", Config, 6)], _folder["mean"]);
        using var checkpoint = Checkpoint.Open(_folder["mean"]);
        checkpoint.CheckHashes();
        var weights = WeightMap.Load(checkpoint.Weights, checkpoint.Config).ToList();
        Assert.Equal(20, weights.Count);
        Assert.All(weights, stored => Assert.True(stored.Weight.to(ScalarType.Float32).eq(3f).all().item<bool>(), stored.Name));
    }

    [Fact]
    public void AveragingModelsOfOtherSizesIsRefused()
    {
        var refused = Assert.Throws<CheckpointException>(
            () => CheckpointAverage.Write([Model("one", Config, 1), Model("deep", Config with { Layers = 3 }, 1)], _folder["mean"]));
        Assert.Contains("differ in their config.json", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["mean"]));
    }

    [Fact]
    public void AveragingModelsWithOtherTokensIsRefused()
    {
        var config = Config with { VocabularySize = 262 };
        var (cats, huts) = (Tokens("a hat on a cat on a mat"), Tokens("u hut on u cut on u mut"));
        Assert.Equal(cats.VocabularySize, huts.VocabularySize);
        var refused = Assert.Throws<CheckpointException>(
            () => CheckpointAverage.Write([Model("cats", config, 1, cats), Model("huts", config, 3, huts)], _folder["mean"]));
        Assert.Contains("different tokenizers", refused.Message, StringComparison.Ordinal);
        CheckpointAverage.Write([_folder["cats"], Model("more cats", config, 3, Tokens("a hat on a cat on a mat"))], _folder["mean"]);

        static ByteLevelBpe Tokens(string text) =>
            BpeTrainer.Train([text], new() { VocabularySize = 262, SpecialTokens = ["<|text|>", "<|end|>"] });
    }

    private string Model(string name, DecoderConfig config, float value, ByteLevelBpe? tokenizer = null)
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(
            _folder[name], config, WeightMap.For(config).ToDictionary(spec => spec.Name, spec => full(spec.Shape, value)), tokenizer);
        return _folder[name];
    }
}
