using System.Text.Json;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Model;
using static TorchSharp.torch;

namespace LlmRabbitHoles.Engine.Tests;

public sealed class ConfigWriterTests
{
    private static readonly DecoderConfig Llama = DecoderConfig.Llama(100, 32, 2, 4, keyValueHeads: 2);

    private static readonly DecoderConfig Gemma = Llama with
    {
        Norm = NormKind.OffsetRmsNorm, NormPlacement = NormPlacement.Around, Activation = ActivationKind.GeGlu,
        EmbeddingScale = Math.Sqrt(32), SlidingWindow = 16, LayerKinds = new(LayerKind.Global, LayerKind.Windowed),
    };

    public static TheoryData<DecoderConfig> Configs =>
    [
        Llama,
        Llama with
        {
            TiedEmbeddings = false, AttentionBias = true, OutputBias = true, FeedForwardBias = true, HeadDim = 16, RopeTheta = 5e5,
        },
        Llama with { RopeScaling = new LinearRopeScaling(2) },
        Llama with { RopeScaling = new Llama3RopeScaling(32, 1, 4, 8192) },
        Llama with { RopeScaling = new DynamicRopeScaling(4, 512) },
        Llama with { RopeScaling = new YarnRopeScaling(4, 512, 16, 2, 1.5, wholePairs: false), RotaryDim = 6 },
        Llama with { RopeScaling = new LongRopeScaling(4, 512, [1, 1, 1, 2], [1, 2, 3, 4]) },
        Llama with { Architecture = "mistral", SlidingWindow = 16 },
        Llama with { Architecture = "mistral" },
        Llama with { Architecture = "qwen2", AttentionBias = true },
        Llama with { Architecture = "qwen2", AttentionBias = true, SlidingWindow = 16 },
        Llama with { Architecture = "qwen3", QueryKeyNorm = QueryKeyNorm.EachHead, HeadDim = 12 },
        Llama with { Architecture = "smollm3", LayerKinds = new(LayerKind.Unplaced, LayerKind.Global) },
        Llama with
        {
            Architecture = "smollm3", SlidingWindow = 8, LayerKinds = new(LayerKind.WindowedUnplaced, LayerKind.Windowed),
        },
        Llama with
        {
            Architecture = "qwen2", AttentionBias = true, SlidingWindow = 8, LayerKinds = new(LayerKind.Windowed, LayerKind.Global),
        },
        Llama with { Architecture = "olmo2", QueryKeyNorm = QueryKeyNorm.AllHeads, NormPlacement = NormPlacement.After },
        Llama with
        {
            Architecture = "phi3", SlidingWindow = 16, RotaryDim = 6, RopeScaling = new LongRopeScaling(4, 512, [1, 1, 2], [1, 2, 4]),
        },
        Gemma with { Architecture = "gemma2", AttentionCap = 50 },
        Gemma with { Architecture = "gemma2", LogitCap = 30, QueryScalar = 144 },
        Gemma with
        {
            Architecture = "gemma3_text", QueryKeyNorm = QueryKeyNorm.EachHead, LocalRopeTheta = 10_000,
            RopeScaling = new LinearRopeScaling(8),
        },
        DecoderConfig.Gpt2(100, 32, 2, 4),
        DecoderConfig.Gpt2(100, 32, 2, 4) with { Activation = ActivationKind.Gelu, TiedEmbeddings = false, FeedForwardSize = 48 },
    ];

    [Theory]
    [MemberData(nameof(Configs))]
    public void WhatIsWrittenIsReadBack(DecoderConfig config)
    {
        var json = ConfigWriter.Write(config);
        Assert.Equal(config, ConfigReader.Read(JsonSection.Parse("config.json", System.Text.Encoding.UTF8.GetBytes(json))));
    }

    [Theory]
    [InlineData("llama", "LlamaForCausalLM")]
    [InlineData("mistral", "MistralForCausalLM")]
    public void TransformersFindsTheClassAndTheDtype(string architecture, string name)
    {
        using var json = JsonDocument.Parse(ConfigWriter.Write(Llama with { Architecture = architecture }, dtype: ScalarType.Float16));
        Assert.Equal(name, json.RootElement.GetProperty("architectures")[0].GetString());
        Assert.Equal("float16", json.RootElement.GetProperty("torch_dtype").GetString());
    }

    [Fact]
    public void TokenIdsStandBesideTheSizes()
    {
        using var json = JsonDocument.Parse(ConfigWriter.Write(Llama, new() { BosTokenId = 1, EosTokenIds = [2, 5], PadTokenId = 0 }));
        Assert.Equal(1, json.RootElement.GetProperty("bos_token_id").GetInt32());
        Assert.Equal([2, 5], json.RootElement.GetProperty("eos_token_id").EnumerateArray().Select(id => id.GetInt32()));
    }

    // LlamaConfig in transformers would take 1 and 2.
    [Fact]
    public void AbsentTokensAreReportedAsNull()
    {
        using var json = JsonDocument.Parse(ConfigWriter.Write(Llama));
        Assert.All(
            new[] { "bos_token_id", "eos_token_id", "pad_token_id" },
            key => Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(key).ValueKind));
    }

    [Fact]
    public void ASettingThatTheArchitectureHasNoKeyForIsRefused()
    {
        Assert.Equal(
            "A llama config.json cannot say that QueryKeyNorm is EachHead; it would be read as None. " +
            "Choose the Architecture that has this setting.",
            Assert.Throws<CheckpointException>(() => ConfigWriter.Write(Llama with { QueryKeyNorm = QueryKeyNorm.EachHead })).Message);
        Assert.Contains(
            "Norm is LayerNorm",
            Assert.Throws<CheckpointException>(() => ConfigWriter.Write(Llama with { Norm = NormKind.LayerNorm })).Message);
        Assert.Contains(
            "SlidingWindow is 8", Assert.Throws<CheckpointException>(() => ConfigWriter.Write(Llama with { SlidingWindow = 8 })).Message);
    }

    [Fact]
    public void ADtypeThatNoCheckpointHasIsRefused() =>
        Assert.Contains(
            "cannot be saved as Int8", Assert.Throws<CheckpointException>(() => ConfigWriter.Write(Llama, dtype: ScalarType.Int8)).Message);
}
