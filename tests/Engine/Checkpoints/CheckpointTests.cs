using System.Text;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tests;
using LlmRabbitHoles.Tokenization;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly DecoderConfig Config =
        DecoderConfig.Llama(vocabulary: 10, hidden: 8, layers: 2, heads: 4, keyValueHeads: 2, feedForward: 12, context: 32);

    private readonly TemporaryFolder _folder = new();

    [Theory, InlineData("language_model.model."), InlineData("model.language_model.")]
    public void TheTextModelBesideAVisionTowerIsReadAndTheTowerIsNamed(string prefix)
    {
        foreach (var name in new[] { "config.json", "model.safetensors" })
            File.Copy(Path.Combine(GoldenModels.Folder("gemma3-vision"), name), _folder[name]);
        Rename("language_model.model.", prefix);
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(
            $"The part of '{_folder["model.safetensors"]}' that reads images (2 tensors) is left out: the model reads text only.",
            checkpoint.LeftOut);
        Assert.Equal([1, 6], checkpoint.Defaults.EosTokenIds);
        using var scope = NewDisposeScope();
        using var expected = Checkpoint.Open(GoldenModels.Folder("gemma3-vision"));
        var weights = expected.ReadWeights();
        Assert.All(checkpoint.ReadWeights(), weight => Assert.True(weight.Value.Equals(weights[weight.Key])));
    }

    [Fact]
    public void ATextModelLeavesNothingOut()
    {
        using var checkpoint = Checkpoint.Open(GoldenModels.Folder("gemma3"));
        Assert.Null(checkpoint.LeftOut);
    }

    // Both prefixes are equally long, so that the header keeps its length.
    private void Rename(string from, string to)
    {
        var bytes = File.ReadAllBytes(_folder["model.safetensors"]);
        var header = (int)BitConverter.ToInt64(bytes);
        var text = Encoding.UTF8.GetString(bytes, 8, header).Replace(from, to, StringComparison.Ordinal);
        Encoding.UTF8.GetBytes(text).CopyTo(bytes, 8);
        File.WriteAllBytes(_folder["model.safetensors"], bytes);
    }

    [Fact]
    public void AFolderWithoutATokenizerOpens()
    {
        WriteFolder();
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(Config, checkpoint.Config);
        Assert.Null(checkpoint.Tokenizer);
        Assert.Null(checkpoint.ChatTemplate);
        Assert.Equal(_folder.Path, checkpoint.Folder);
        Assert.Equal(20, WeightMap.Load(checkpoint.Weights, checkpoint.Config).Count());
    }

    [Fact]
    public void EndTokensComeFromBothConfigs()
    {
        WriteFolder(new() { EosTokenIds = [2, 5], BosTokenId = 1 });
        _folder.Write("generation_config.json", """{"eos_token_id": 5, "temperature": 0.5}""");
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal([5, 2], checkpoint.Defaults.EosTokenIds);
        Assert.Equal((1, 0.5), (checkpoint.Defaults.BosTokenId!.Value, checkpoint.Defaults.Temperature!.Value));
    }

    [Fact]
    public void AMissingFolderIsRefused() => Refuses(_folder["none"], "The checkpoint folder '", "none' does not exist. Check the path");

    [Fact]
    public void AFileIsRefused() =>
        Refuses(_folder.Write("model.bin", ""), "is a file; a checkpoint is a folder that holds config.json and *.safetensors");

    [Fact]
    public void AFolderWithoutAConfigIsRefusedWithWhatWasFound()
    {
        Refuses(_folder.Path, "has no config.json; found nothing.");
        _folder.Write("model.safetensors", SafetensorsBytes.Small);
        Refuses(_folder.Path, "has no config.json; found model.safetensors.");
    }

    [Fact]
    public void AFolderWithoutWeightsIsRefused()
    {
        _folder.Write("config.json", ConfigWriter.Write(Config));
        Refuses(_folder.Path, "holds no weights: looked for model.safetensors");
    }

    [Fact]
    public void ATruncatedCheckpointIsRefused()
    {
        WriteFolder();
        var bytes = File.ReadAllBytes(_folder["model.safetensors"]);
        _folder.Write("model.safetensors", bytes[..^100]);
        Refuses(_folder.Path, "so 100 bytes are missing. The file was cut off.");
    }

    [Fact]
    public void AConfigOfAnotherModelIsRefused()
    {
        WriteFolder();
        _folder.Write("config.json", ConfigWriter.Write(Config with { KeyValueHeads = 4 }));
        Refuses(
            _folder.Path, "self_attn.k_proj.weight' in '",
            "is [4, 8]; the config needs [8, 8] (kvHeads 4 x headDim 2). Check num_key_value_heads in config.json.");
    }

    [Fact]
    public void ADamagedTokenizerIsRefused()
    {
        WriteFolder();
        _folder.Write("tokenizer.json", "{");
        Refuses(_folder.Path, "tokenizer.json");
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void ASavedCheckpointOpensAgain(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var weights = Weights();
        Checkpoint.Save(_folder["new"], Config, weights, defaults: new() { EosTokenIds = [3] }, dtype: dtype);
        Assert.Equal(["SHA256SUMS", "config.json", "generation_config.json", "model.safetensors"], Files(_folder["new"]));
        using var checkpoint = Checkpoint.Open(_folder["new"]);
        Assert.Equal(Config, checkpoint.Config);
        Assert.Equal([3], checkpoint.Defaults.EosTokenIds);
        foreach (var (name, weight) in WeightMap.Load(checkpoint.Weights, checkpoint.Config))
        {
            Assert.Equal(dtype, weight.dtype);
            Assert.Equal(
                weights[name].to(dtype).to(ScalarType.Float32).data<float>().ToArray(),
                weight.to(ScalarType.Float32).data<float>().ToArray());
        }
    }

    [Fact]
    public void TokenizerTemplateAndDefaultsAreSavedAndOpenedAgain()
    {
        using var scope = NewDisposeScope();
        var tokenizer = Tokenizer();
        var config = Config with { VocabularySize = tokenizer.VocabularySize };
        GenerationDefaults defaults = new() { EosTokenIds = [1, 0], BosTokenId = 0, PadTokenId = 0, DoSample = true, Temperature = 0.8 };
        Checkpoint.Save(_folder.Path, config, Weights(config), tokenizer, "{{ messages[0]['content'] }}<|end|>", defaults);
        Assert.Equal(
            ["SHA256SUMS", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"],
            Files(_folder.Path));

        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(tokenizer.Encode("a hat<|end|>"), checkpoint.Tokenizer!.Encode("a hat<|end|>"));
        Assert.Equal([1, 0], checkpoint.Defaults.EosTokenIds);
        Assert.Equal((0.8, true), (checkpoint.Defaults.Temperature!.Value, checkpoint.Defaults.DoSample));
        Assert.Equal("{{ messages[0]['content'] }}<|end|>", checkpoint.ChatTemplateText);
        Assert.Equal("hi<|end|>", checkpoint.ChatTemplate!.Render([new("user", "hi")]));
        var written = TokenizerConfig.Read(_folder.Path);
        Assert.Equal(("<|text|>", "<|end|>", "<|text|>"), (written.BosToken, written.EosToken, written.PadToken));
    }

    [Fact]
    public void AnEndTokenNamedByTheTokenizerCounts()
    {
        WriteFolder();
        Tokenizer().Save(_folder["tokenizer.json"]);
        _folder.Write("tokenizer_config.json", """{"eos_token": "<|end|>", "bos_token": {"content": "<|text|>"}}""");
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal([1], checkpoint.Defaults.EosTokenIds);
        Assert.Equal(0, checkpoint.Defaults.BosTokenId);
    }

    [Fact]
    public void ABrokenChatTemplateIsRefused()
    {
        WriteFolder();
        _folder.Write("chat_template.jinja", "{% for m in %}");
        Refuses(_folder.Path, "The chat template in '", "cannot be used: ");
    }

    [Fact]
    public void LargeWeightsAreSpreadOverShards()
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(_folder.Path, Config, Weights(), shardBytes: 600);
        Assert.Contains("model-00001-of-00004.safetensors", Files(_folder.Path));
        Assert.Contains("model.safetensors.index.json", Files(_folder.Path));
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(4, checkpoint.Weights.Files.Count);   // 576 + 592 + 592 + 400 bytes
        Assert.Equal(20, WeightMap.Load(checkpoint.Weights, checkpoint.Config).Count());
    }

    [Fact]
    public void WeightsOfAnOlderCheckpointAreNotReadWithTheNewOnes()
    {
        using var scope = NewDisposeScope();
        _folder.Write("notes.txt", "mine");
        Checkpoint.Save(_folder.Path, Config, Weights());
        Checkpoint.Save(_folder.Path, Config, Weights(), shardBytes: 600);
        Assert.DoesNotContain("model.safetensors", Files(_folder.Path));
        Checkpoint.Save(_folder.Path, Config, Weights());
        Assert.Equal(["SHA256SUMS", "config.json", "generation_config.json", "model.safetensors", "notes.txt"], Files(_folder.Path));
    }

    [Fact]
    public void ARefusedSaveLeavesNothing()
    {
        using var scope = NewDisposeScope();
        var weights = Weights();
        weights.Remove("norm.weight");
        Assert.Throws<CheckpointException>(() => Checkpoint.Save(_folder["new"], Config, weights));
        Assert.False(Directory.Exists(_folder["new"]));
    }

    [Fact]
    public void ASaveThatFailsHalfWayLeavesTheOldCheckpoint()
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(_folder.Path, Config, Weights());
        var before = File.ReadAllBytes(_folder["model.safetensors"]);
        Directory.CreateDirectory(_folder["model.safetensors.partial"]);   // the place to write aside is taken
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Save(_folder.Path, Config with { NormEpsilon = 1e-3 }, Weights()));
        Assert.Contains("No file was left half-written", error.Message);
        Assert.Equal(before, File.ReadAllBytes(_folder["model.safetensors"]));
        using var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(Config, checkpoint.Config);
    }

    public void Dispose() => _folder.Dispose();

    private static ByteLevelBpe Tokenizer() =>
        BpeTrainer.Train(["a hat on a cat on a mat"], new() { VocabularySize = 262, SpecialTokens = ["<|text|>", "<|end|>"] });

    private static Dictionary<string, Tensor> Weights() => Weights(Config);

    private static Dictionary<string, Tensor> Weights(DecoderConfig config)
    {
        var random = new Random(5);
        return WeightMap.For(config).ToDictionary(
            spec => spec.Name,
            spec => tensor(Enumerable.Range(0, (int)spec.Count).Select(_ => random.NextSingle() - 0.5f).ToArray()).reshape(spec.Shape));
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void WriteFolder(GenerationDefaults? defaults = null)
    {
        _folder.Write("config.json", ConfigWriter.Write(Config, defaults));
        _folder.Write(
            "model.safetensors", SafetensorsBytes.Zeros(WeightMap.For(Config).Select(spec => ("model." + spec.Name, spec.Shape))));
    }

    private static void Refuses(string folder, params string[] messageParts)
    {
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Open(folder)).Message;
        Assert.All(messageParts, part => Assert.Contains(part, message));
    }
}
